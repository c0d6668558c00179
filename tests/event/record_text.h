// Records for tests: a complete valid one, in which single members are set, left out or put twice.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace suar::event {

class RecordText {
 public:
  // A transfer that has the M fields and nothing else.
  static RecordText transfer() {
    RecordText record;
    record.set("event_id", R"("TX1")");
    record.set("event_time", R"("2025-03-01T09:30:00+07:00")");
    record.set("amount", R"("3500000.00")");
    record.set("currency", R"("IDR")");
    record.set("tx_type", R"("transfer")");
    record.set("channel", R"("mobile")");
    record.set("debtor", R"({"account":"111"})");
    record.set("creditor", R"({"account":"222"})");
    return record;
  }

  // An act upon another event, with the M fields that every event has.
  static RecordText act(std::string_view event_type) {
    RecordText record;
    record.set("event_id", R"("ACT1")");
    record.set("event_time", R"("2025-03-01T09:30:00+07:00")");
    record.set("event_type", '"' + std::string(event_type) + '"');
    record.set("related_event_id", R"("TX1")");
    return record;
  }

  // `json` is the member's value as it stands in the record.
  RecordText& set(std::string_view name, std::string_view json) {
    for (auto& [known, value] : members_) {
      if (known == name) {
        value = json;
        return *this;
      }
    }
    return add(name, json);
  }

  RecordText& add(std::string_view name, std::string_view json) {
    members_.emplace_back(name, json);
    return *this;
  }

  RecordText& drop(std::string_view name) {
    std::erase_if(members_, [name](const auto& member) { return member.first == name; });
    return *this;
  }

  [[nodiscard]] std::string text() const {
    std::string out = "{";
    for (const auto& [name, value] : members_) {
      if (out.size() > 1) out += ',';
      out += '"' + name + "\":" + value;
    }
    return out + '}';
  }

 private:
  std::vector<std::pair<std::string, std::string>> members_;
};

}  // namespace suar::event
