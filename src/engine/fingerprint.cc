#include "engine/fingerprint.h"

#include <fmt/format.h>

#include <concepts>
#include <string_view>

namespace suar::engine {

namespace {

void put(std::string& out, std::integral auto number) {
  const fmt::format_int text(number);
  out += ' ';
  out.append(text.data(), text.size());
}

void put(std::string& out, std::string_view text) {
  put(out, text.size());
  out += ':';
  out += text;
}

}  // namespace

void append_fingerprint(const rules::Expression& e, const rules::Rule& rule, std::string& out) {
  if (e.op == rules::Op::kParam) {
    const rules::Param& param = rule.params[static_cast<std::size_t>(e.index)];
    out += "(param ";
    append_fingerprint(*param.value, rule, out);
    for (const auto& [segment, value] : param.segments) {
      put(out, segment);
      out += '=';
      append_fingerprint(*value, rule, out);
    }
    out += ')';
    return;
  }
  if (e.op == rules::Op::kBound) {
    const rules::Bound& bound = rule.bound[static_cast<std::size_t>(e.index)];
    out += "(bound";
    put(out, bound.step);
    append_fingerprint(*bound.value, rule, out);
    out += ')';
    return;
  }
  out += '(';
  for (const int part :
       {static_cast<int>(e.op), static_cast<int>(e.type), static_cast<int>(e.event_field),
        static_cast<int>(e.party_field), static_cast<int>(e.side), static_cast<int>(e.function), e.index,
        static_cast<int>(e.list_kind), e.offset_minutes, static_cast<int>(e.truth)}) {
    put(out, part);
  }
  put(out, e.currency.code);
  put(out, e.links);
  put(out, e.hops);
  put(out, e.duration.micros);
  if (e.number.num != 0) put(out, event::to_string(e.number.num) + "/" + event::to_string(e.number.den));
  put(out, e.text);
  for (const auto& text : e.texts) put(out, text);
  for (const int index : e.indexes) put(out, index);
  for (const auto& arg : e.args) append_fingerprint(*arg, rule, out);
  out += ')';
}

}  // namespace suar::engine
