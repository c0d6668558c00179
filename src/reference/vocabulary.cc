#include "reference/vocabulary.h"

namespace suar::reference {

using Words = std::vector<std::string>;

const Words& party_kinds() {
  static const Words words = {"person", "entity"};
  return words;
}

const Words& list_kinds() {
  static const Words words = {"account", "party",   "phone",   "device", "merchant",
                              "mcc",     "country", "keyword", "domain"};
  return words;
}

const Words& segments() {
  static const Words words = {
      "retail",         "student",         "civil_servant", "corporate",   "merchant",   "cash_intensive",
      "cooperative",    "charity",         "fisheries",     "travel",      "agency",     "marine_dealer",
      "classified_ads", "licensed_lender", "money_changer", "ewallet_hub", "public_body"};
  return words;
}

const Words& agency_types() {
  static const Words words = {"p3mi",     "outsourcing", "visa_bureau",  "travel", "language_school",
                              "training", "remittance",  "money_changer"};
  return words;
}

const Words& agency_statuses() {
  static const Words words = {"active", "expired", "suspended", "revoked"};
  return words;
}

const Words& place_tags() {
  static const Words words = {"border", "port", "remote", "airport"};
  return words;
}

}  // namespace suar::reference
