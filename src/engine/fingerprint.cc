#include "engine/fingerprint.h"

#include <fmt/format.h>

#include <iterator>

namespace suar::engine {

void append_fingerprint(const rules::Expression& e, const rules::Rule& rule, std::string& out) {
  auto to = std::back_inserter(out);
  if (e.op == rules::Op::kParam) {
    const rules::Param& param = rule.params[static_cast<std::size_t>(e.index)];
    out += "(param ";
    append_fingerprint(*param.value, rule, out);
    for (const auto& [segment, value] : param.segments) {
      fmt::format_to(to, " {}:{}=", segment.size(), segment);
      append_fingerprint(*value, rule, out);
    }
    out += ')';
    return;
  }
  if (e.op == rules::Op::kBound) {
    const rules::Bound& bound = rule.bound[static_cast<std::size_t>(e.index)];
    fmt::format_to(to, "(bound {} ", bound.step);
    append_fingerprint(*bound.value, rule, out);
    out += ')';
    return;
  }
  fmt::format_to(to, "({} {} {} {} {} {} {} {} {} {} {} {}/{} {} {}:{}", static_cast<int>(e.op),
                 static_cast<int>(e.type), e.currency.code, static_cast<int>(e.event_field),
                 static_cast<int>(e.party_field), static_cast<int>(e.side), static_cast<int>(e.function),
                 e.index, static_cast<int>(e.list_kind), e.links, e.hops, event::to_string(e.number.num),
                 event::to_string(e.number.den), e.truth, e.offset_minutes, e.duration.micros);
  fmt::format_to(to, " {}:{}", e.text.size(), e.text);
  for (const auto& text : e.texts) fmt::format_to(to, " {}:{}", text.size(), text);
  for (const int index : e.indexes) fmt::format_to(to, " {}", index);
  for (const auto& arg : e.args) append_fingerprint(*arg, rule, out);
  out += ')';
}

}  // namespace suar::engine
