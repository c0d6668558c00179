// The names of fields, sides and watched kinds in both languages.
#include <fmt/format.h>

#include "cli/rule_words.h"
#include "rules/vocabulary.h"

namespace suar::cli {

using rules::EventField;
using rules::PartyField;
using rules::Side;

std::string RuleWords::watched() const {
  switch (rule_.watch) {
    case rules::EntityKind::kAccount:
      return pick("account", "rekening");
    case rules::EntityKind::kParty:
      return pick("party", "pihak");
    case rules::EntityKind::kPair:
      return pick("pair of payer and payee", "pasangan pembayar dan penerima");
    case rules::EntityKind::kDevice:
      return pick("device", "perangkat");
    case rules::EntityKind::kMerchant:
      return pick("merchant", "pedagang");
    case rules::EntityKind::kPlace:
      return pick("place", "tempat");
    case rules::EntityKind::kCorridor:
      return pick("corridor", "koridor");
    case rules::EntityKind::kInstitution:
      return pick("institution", "lembaga");
    case rules::EntityKind::kPhone:
      return pick("phone", "nomor telepon");
    case rules::EntityKind::kAddress:
      return pick("address", "alamat");
  }
  return {};
}

std::string RuleWords::side(Side side) const {
  switch (side) {
    case Side::kSelf:
      return pick(fmt::format("the {}", watched()), fmt::format("{} ini", watched()));
    case Side::kOther:
      return pick("the counterparty", "pihak lawan");
    case Side::kDebtor:
      return pick("the payer", "pembayar");
    case Side::kCreditor:
      return pick("the payee", "penerima");
  }
  return {};
}

std::string RuleWords::parties(Side side) const {
  switch (side) {
    case Side::kSelf:
      return watched();
    case Side::kOther:
      return pick("counterparties", "pihak lawan");
    case Side::kDebtor:
      return pick("payers", "pembayar");
    case Side::kCreditor:
      return pick("payees", "penerima");
  }
  return {};
}

std::string RuleWords::field(EventField field) const {
  switch (field) {
    case EventField::kEventId:
      return pick("the event's id", "id peristiwa");
    case EventField::kEventTime:
      return pick("the time", "waktu transaksi");
    case EventField::kAmount:
      return pick("the amount", "nilai transaksi");
    case EventField::kCurrency:
      return pick("the currency", "mata uang");
    case EventField::kTxType:
      return pick("the kind of transaction", "jenis transaksi");
    case EventField::kChannel:
      return pick("the channel", "saluran");
    case EventField::kDirection:
      return pick("the direction", "arah");
    case EventField::kRail:
      return pick("the payment rail", "jalur pembayaran");
    case EventField::kPurposeCode:
      return pick("the purpose code", "kode tujuan");
    case EventField::kPurposeLocal:
      return pick("the rail's own purpose code", "kode tujuan jalur");
    case EventField::kRemittanceInfo:
      return pick("the payment's text", "berita transaksi");
    case EventField::kMcc:
      return pick("the merchant category", "kategori pedagang");
    case EventField::kMerchantId:
      return pick("the merchant", "pedagang");
    case EventField::kMerchantName:
      return pick("the merchant's name", "nama pedagang");
    case EventField::kPlaceCode:
      return pick("the place", "tempat transaksi");
    case EventField::kPlaceCountry:
      return pick("the country of the place", "negara tempat transaksi");
    case EventField::kBranchId:
      return pick("the branch", "kantor cabang");
    case EventField::kTerminalId:
      return pick("the terminal", "terminal");
    case EventField::kTellerId:
      return pick("the teller", "teller");
    case EventField::kConductor:
      return pick("the person who acted", "pelaku transaksi");
    case EventField::kDeviceId:
      return pick("the device", "perangkat");
    case EventField::kIpCountry:
      return pick("the country of the IP address", "negara alamat IP");
    case EventField::kSessionId:
      return pick("the session", "sesi");
    case EventField::kVasp:
      return pick("the crypto-asset provider", "penyedia aset kripto");
    case EventField::kAsset:
      return pick("the crypto-asset", "aset kripto");
    case EventField::kWalletFrom:
      return pick("the sending wallet", "dompet pengirim");
    case EventField::kWalletTo:
      return pick("the receiving wallet", "dompet penerima");
    case EventField::kRiskLabel:
      return pick("the risk label", "label risiko");
    case EventField::kSourceSystem:
      return pick("the source system", "sistem asal");
    case EventField::kTenant:
      return pick("the reporting institution", "lembaga pelapor");
    default:
      return std::string(rules::entry_of(field).name);
  }
}

std::string RuleWords::field(PartyField field) const {
  switch (field) {
    case PartyField::kKey:
      return pick("key", "kunci");
    case PartyField::kPartyId:
      return pick("party id", "id pihak");
    case PartyField::kAccount:
      return pick("account", "rekening");
    case PartyField::kName:
      return pick("name", "nama");
    case PartyField::kAccountType:
      return pick("account type", "jenis rekening");
    case PartyField::kAgent:
      return pick("bank", "bank");
    case PartyField::kCountry:
      return pick("country", "negara");
    case PartyField::kKind:
      return pick("kind (person or entity)", "bentuk (orang atau badan)");
    case PartyField::kIdType:
      return pick("type of identity document", "jenis identitas");
    case PartyField::kIdNumberHash:
      return pick("identity number", "nomor identitas");
    case PartyField::kPhoneHash:
      return pick("phone", "nomor telepon");
    case PartyField::kAddressHash:
      return pick("address", "alamat");
    case PartyField::kNationality:
      return pick("nationality", "kewarganegaraan");
    case PartyField::kSegment:
      return pick("customer segment", "segmen nasabah");
    case PartyField::kIsCustomer:
      return pick("being a customer", "status nasabah");
    case PartyField::kBalanceAfter:
      return pick("balance afterwards", "saldo sesudahnya");
    case PartyField::kAge:
      return pick("age in years", "usia dalam tahun");
    case PartyField::kAccountAge:
      return pick("age of the account in days", "umur rekening dalam hari");
    case PartyField::kOccupation:
      return pick("occupation", "pekerjaan");
    case PartyField::kRegion:
      return pick("home place", "daerah asal");
    case PartyField::kDeclaredIncome:
      return pick("declared income a month", "penghasilan sebulan yang dinyatakan");
    case PartyField::kOfficial:
      return pick("being an official", "status pejabat");
    case PartyField::kOffice:
      return pick("office", "kantor");
    case PartyField::kOfficeArea:
      return pick("area of office", "wilayah kantor");
    case PartyField::kPost:
      return pick("post", "jabatan");
    case PartyField::kPostCategory:
      return pick("category of post", "kategori jabatan");
    case PartyField::kPostDays:
      return pick("days in the post", "hari dalam jabatan");
    case PartyField::kLeftPostDays:
      return pick("days since leaving the post", "hari sejak meninggalkan jabatan");
    case PartyField::kOfficialTie:
      return pick("tie to an official", "hubungan dengan pejabat");
    case PartyField::kAgencyTie:
      return pick("tie to an agency", "hubungan dengan agen");
    case PartyField::kAgencyType:
      return pick("type of agency", "jenis agen");
    case PartyField::kAgencyStatus:
      return pick("status of the agency's licence", "status izin agen");
    case PartyField::kPublicBody:
      return pick("being a public body", "status badan publik");
    default:
      return std::string(rules::entry_of(field).name);
  }
}

}  // namespace suar::cli
