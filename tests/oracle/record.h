// A record that the oracle keeps for ever: a Transaction together with the text it views.
#pragma once

#include <deque>
#include <string>

#include "event/transaction.h"

namespace suar::oracle {

class Record {
 public:
  Record(const event::Transaction& transaction, int arrival);
  Record(const Record&) = delete;
  Record& operator=(const Record&) = delete;

  [[nodiscard]] const event::Transaction& operator*() const { return transaction_; }
  [[nodiscard]] const event::Transaction* operator->() const { return &transaction_; }
  // Its number in the log.
  [[nodiscard]] int arrival() const { return arrival_; }

 private:
  void own(std::string_view& text);
  void own(event::Party& party);

  std::deque<std::string> texts_;
  event::Transaction transaction_;
  int arrival_;
};

// event_type and the fields that a record must have say the same thing: what a repeated id is held to.
[[nodiscard]] bool same_required_fields(const event::Transaction& a, const event::Transaction& b);

}  // namespace suar::oracle
