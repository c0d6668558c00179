// Whatever bytes stand in the files: they load, or at least one error says where they are wrong.
#include <random>
#include <tuple>

#include "reference/loaded.h"

namespace suar::reference {
namespace {

std::vector<File> sound_files() {
  return {
      {"entities.ftm.ndjson",
       R"({"id":"body","schema":"PublicBody","properties":{"name":["Office"]}})"
       "\n"
       R"({"id":"desk","schema":"Position","properties":{"name":["Officer"],"organization":["body"],"topics":["gov.security"]}})"
       "\n"
       R"({"id":"p1","schema":"Person","properties":{"name":["On\u00e9"]}})"
       "\n"
       R"({"id":"o1","schema":"Occupancy","properties":{"holder":["p1"],"post":["desk"],"startDate":["2024"],"endDate":["2025-03"]}})"
       "\n"
       R"({"id":"f1","schema":"Family","properties":{"person":["p1"],"relative":["c1"]}})"
       "\n"
       R"({"id":"b1","schema":"BankAccount","properties":{"accountNumber":["111"],"holder":["p1"]}})"
       "\n"},
      {"customers.csv",
       "party_id,kind,segment,occupation,birth_date,declared_income_month,region,opened\n"
       "c1,person,retail,\"clerk, senior\",1990-01-31,4500000.00,A1,2020-01-01\n"},
      {"agencies.csv",
       "party_id,licence_no,name,type,status,valid_from,valid_to,destinations\n"
       "a1,L1,Karya,p3mi,active,2024-01-01,2024-12-31,MY;SG\n"},
      {"lists/tips.csv",
       "value,kind,source,valid_from,valid_to,reason\n"
       "111,account,s,2024-01-01,,\nongkos kapal,keyword,,,,\"a \"\"reason\"\"\"\n"},
      {"corridors.yaml",
       "corridors:\n  - id: a\n    from: ID\n    to: MY\n    via: [A1]\n    currency: IDR\n"
       "    fee_bands: [{min: \"1.00\", max: \"2.00\", note: boat}]\n"},
      {"places.csv", "place_code,name,level,parent,lat,lon,tags\nA1,One,city,ID,1.5,100.25,port;border\n"},
      {"tariffs.csv",
       "service,provider_type,currency,amount,valid_from,valid_to\nvisa,travel,IDR,500000,2024-01-01,\n"},
      {"calendar.yaml",
       "days:\n  - {date: 2025-03-31, name: eid}\nperiods:\n  - {name: ramadan, from: 2025-03-01, to: "
       "2025-03-30}\n"},
      {"fx.csv", "date,currency,rate_to_home\n2025-01-01,USD,16000.25\n"},
  };
}

void mutate(std::string& bytes, std::mt19937& random) {
  static const std::string nasty =
      std::string("\"\"',;:{}[]\n\r\t#-&*!|>%@`\\0129AZaz. ") + '\0' + "\xEF\xBB\xBF\xFF\xC3";
  const auto below = [&random](std::size_t n) { return n == 0 ? 0 : static_cast<std::size_t>(random()) % n; };
  const std::size_t at = below(bytes.size());
  const std::size_t length = 1 + below(8);
  switch (below(5)) {
    case 0:
      bytes.erase(at, length);
      break;
    case 1:
      bytes.insert(at, 1, nasty[below(nasty.size())]);
      break;
    case 2:
      bytes.insert(at, bytes.substr(below(bytes.size()), length * 4));
      break;
    case 3:
      bytes.resize(at);
      break;
    default:
      if (!bytes.empty()) bytes[at] = nasty[below(nasty.size())];
  }
}

void ask_everything(const Reference& reference) {
  const auto when = at("2024-06-01");
  const PartyRef p1 = reference.party("p1"), c1 = reference.party("c1");
  EXPECT_LE(reference.name_of(p1).size(), 1000U);
  std::ignore = reference.post(p1, when);
  std::ignore = reference.kin(p1, c1, when);
  std::ignore = reference.linked(p1, c1, kAllLinks, 3, when);
  std::ignore = reference.agency(reference.party("a1"), when);
  std::ignore = reference.holder("111", when);
  std::ignore = reference.tagged("A1", "port");
  for (const std::string& name : reference.list_names()) {
    std::ignore = reference.listed(reference.list(name), ListKind::kAccount, "111", when);
    std::ignore = reference.mentions(reference.list(name), "ongkos kapal", when);
  }
  std::ignore = reference.corridors_between("ID", "MY");
  std::ignore = reference.rate(currency("USD"), day("2025-01-02"));
}

TEST(Mutations, TheSoundFilesAreSound) {
  const auto result = load(sound_files());
  EXPECT_TRUE(result.reference);
  EXPECT_TRUE(result.findings.empty()) << rendered(result.findings);
}

TEST(Mutations, LoadOrAreLocated) {
  const std::vector<File> sound = sound_files();
  std::mt19937 random(20250301);
  int refused = 0;
  for (int round = 0; round < 6'000; ++round) {
    std::vector<File> files = sound;
    File& file = files[static_cast<std::size_t>(random()) % files.size()];
    for (int times = 1 + static_cast<int>(random() % 3); times > 0; --times) mutate(file.bytes, random);

    const auto result = load(files);
    if (result.reference) {
      ASSERT_FALSE(has_errors(result.findings));
      ask_everything(*result.reference);
      continue;
    }
    ++refused;
    const auto errors = errors_of(result);
    ASSERT_FALSE(errors.empty()) << file.name << ":\n" << file.bytes;
    const auto lines = std::ranges::count(file.bytes, '\n') + 1;
    for (const Diagnostic& error : errors) {
      const bool whole_file =
          error.code == "SUAR-D012" && error.line == 0;  // without a header there is no line
      ASSERT_TRUE(whole_file || (error.line >= 1 && error.line <= lines && error.column >= 1))
          << render(error);
      ASSERT_EQ(error.file, file.name);
      ASSERT_FALSE(error.message.empty());
      ASSERT_FALSE(render(error).empty());
    }
  }
  EXPECT_GT(refused, 1'500);
}

}  // namespace
}  // namespace suar::reference
