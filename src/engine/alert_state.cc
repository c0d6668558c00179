#include "engine/alert_state.h"

#include <openssl/sha.h>

#include <algorithm>

namespace suar::engine {
namespace {

constexpr event::Duration kGroupEnds = event::Duration::days(30);

}  // namespace

std::string hash_parts(std::initializer_list<std::string_view> parts) {
  std::string joined;
  for (const std::string_view part : parts) joined.append(part).push_back('\0');
  if (!joined.empty()) joined.pop_back();  // NUL separates, it does not end
  unsigned char digest[SHA256_DIGEST_LENGTH];
  SHA256(reinterpret_cast<const unsigned char*>(joined.data()), joined.size(), digest);
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::string hex;
  for (int i = 0; i < 16; ++i) {
    hex.push_back(kDigits[digest[i] >> 4U]);
    hex.push_back(kDigits[digest[i] & 15U]);
  }
  return hex;
}

const LastAlert* AlertState::last(rules::Mode mode, std::string_view rule, std::string_view subject) const {
  const auto found = last_.find(std::tuple(mode, std::string(rule), std::string(subject)));
  return found == last_.end() ? nullptr : &found->second;
}

void AlertState::sent(rules::Mode mode, std::string_view rule, std::string_view subject, LastAlert alert) {
  last_[std::tuple(mode, std::string(rule), std::string(subject))] = std::move(alert);
}

std::string AlertState::group(rules::Mode mode, std::string_view party, std::string_view alert_id,
                              event::Instant as_of) {
  AlertGroup& group = groups_[std::pair(mode, std::string(party))];
  if (group.id.empty() || as_of - group.last >= kGroupEnds) group.id = hash_parts({party, alert_id});
  group.last = std::max(group.last, as_of);
  return group.id;
}

int& AlertState::sent_on(std::string_view rule, event::Date day) {
  AlertDay& known = days_[std::string(rule)];
  if (known.date != day) known = {day, 0};
  return known.sent;
}

bool AlertState::snooze(const rules::Suppression& suppression, std::int64_t amount, event::Instant now) {
  if (now >= suppression.until) return false;
  SnoozedHits& so_far = snoozed_[std::tuple(suppression.rule, suppression.subject, suppression.until.micros)];
  if (so_far.over) return false;
  const rules::Int128 sum = so_far.amount + amount;
  so_far.over = (suppression.most_amount && sum > *suppression.most_amount) ||
                (suppression.most_hits && so_far.hits >= *suppression.most_hits);
  if (so_far.over) return false;
  so_far.amount = sum;
  ++so_far.hits;
  return true;
}

bool AlertState::rests_on_undone(const LastAlert& alert) const {
  return std::ranges::any_of(alert.orders, [this](std::uint64_t order) { return undone_.contains(order); });
}

}  // namespace suar::engine
