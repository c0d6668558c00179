// The engine's state as bytes: what writes them and what reads them again.
//
// The members of a structure are listed once (state_fields.h), for both directions:
//
//   template <typename Io>
//   void fields(Io& io, Of<Io, Placement>& p) { io.members(p, p.kind, p.entity); }
//
// members() does not compile where the structure has another number of members than are listed; one that is
// not to be saved is listed as unsaved(p.cache).
//
//   number   := base 128, the low seven bits first, the high bit says that more follow
//   signed   := number, zigzag (0, -1, 1, -2 ...)
//   fixed    := 8 bytes, little-endian; for hashes
//   wide     := fixed fixed; 128 bits, the low half first
//   text     := number of bytes, bytes
//   sequence := number of elements, elements
//   optional := number of elements (0 or 1), elements
//   table    := sequence of keys, or of keys with their values, in the order of the keys
//
// A reader trusts nothing: it allocates only as bytes arrive, and after the first thing that is wrong it
// gives zeros and empty texts, and ok() is false.
#pragma once

#include <absl/container/inlined_vector.h>

#include <algorithm>
#include <array>
#include <concepts>
#include <cstdint>
#include <cstring>
#include <deque>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>
#include <vector>

#include "event/money.h"

namespace suar::engine {

// A member that is rebuilt, not saved.
template <typename T>
struct Unsaved {};
template <typename T>
Unsaved<T> unsaved(const T& /*member*/) {
  return {};
}

// A number whose bits are all alike in weight: not worth a variable length.
template <typename T>
struct Fixed {
  T* value;
};
template <typename T>
Fixed<T> fixed(T& value) {
  return {&value};
}

// A text in an array, so long; UINT8_MAX says that it is not there but elsewhere. The size is read before it.
template <typename Array>
struct InPlace {
  Array* bytes;
  const std::uint8_t* size;
  static constexpr std::uint8_t kElsewhere = UINT8_MAX;
};
template <typename Array>
InPlace<Array> in_place(Array& bytes, const std::uint8_t& size) {
  return {&bytes, &size};
}

namespace detail {

struct AnyMember {
  template <typename T>
  operator T() const;  // NOLINT: it stands for a member of any type, and is never called
};
template <typename T, typename... Any>
consteval std::size_t member_count() {
  if constexpr (requires { T{Any{}..., AnyMember{}}; }) {
    return member_count<T, Any..., AnyMember>();
  } else {
    return sizeof...(Any);
  }
}

template <typename T>
inline constexpr bool kIsSequence = false;
template <typename T>
inline constexpr bool kIsSequence<std::vector<T>> = true;
template <typename T>
inline constexpr bool kIsSequence<std::deque<T>> = true;
template <typename T, std::size_t N>
inline constexpr bool kIsSequence<absl::InlinedVector<T, N>> = true;

template <typename T>
inline constexpr bool kIsArray = false;
template <typename T, std::size_t N>
inline constexpr bool kIsArray<std::array<T, N>> = true;

template <typename T>
inline constexpr bool kIsOptional = false;
template <typename T>
inline constexpr bool kIsOptional<std::optional<T>> = true;

template <typename T>
inline constexpr bool kIsTuple = false;
template <typename A, typename B>
inline constexpr bool kIsTuple<std::pair<A, B>> = true;
template <typename... M>
inline constexpr bool kIsTuple<std::tuple<M...>> = true;

}  // namespace detail

// How many members an aggregate has.
template <typename T>
inline constexpr std::size_t kMembers = detail::member_count<T>();

class StateWriter {
 public:
  static constexpr bool kReads = false;
  // Takes the next bytes; they last for the call.
  using Sink = std::function<void(std::string_view)>;

  explicit StateWriter(Sink sink) : sink_(std::move(sink)) {}

  template <typename... M>
  void operator()(const M&... values) {
    (put(values), ...);
  }
  template <typename T, typename... M>
  void members(const T& /*whole*/, const M&... values) {
    static_assert(sizeof...(M) == kMembers<std::remove_cvref_t<T>>, "a member is not listed");
    (put(values), ...);
  }
  void number(std::uint64_t value) {
    while (value >= 0x80) {
      buffer_.push_back(static_cast<char>(value | 0x80U));
      value >>= 7U;
    }
    buffer_.push_back(static_cast<char>(value));
    if (buffer_.size() >= kPiece) flush();
  }
  void fixed_number(std::uint64_t value) {
    std::array<char, 8> bytes{};
    std::memcpy(bytes.data(), &value, 8);
    buffer_.append(bytes.data(), 8);
  }
  void text(std::string_view value) {
    number(value.size());
    buffer_.append(value);
  }
  // A hash table, in the order of its keys: whatever order it has itself, the bytes are the same.
  template <typename Table>
  void table(const Table& entries) {
    std::vector<const typename Table::value_type*> sorted;
    sorted.reserve(entries.size());
    for (const auto& entry : entries) sorted.push_back(&entry);
    const auto key = [](const typename Table::value_type* entry) -> const auto& {
      if constexpr (requires { typename Table::mapped_type; }) {
        return entry->first;
      } else {
        return *entry;
      }
    };
    std::ranges::sort(sorted, std::ranges::less{}, key);
    number(sorted.size());
    for (const auto* entry : sorted) put(*entry);
  }
  // Hands over what is left; nothing is written afterwards.
  void finish() { flush(); }

 private:
  static constexpr std::size_t kPiece = std::size_t{64} << 10;

  void flush() {
    if (!buffer_.empty()) sink_(buffer_);
    buffer_.clear();
  }

  template <typename T>
  void put(const T& value) {
    if constexpr (std::same_as<T, event::Int128>) {
      fixed_number(static_cast<std::uint64_t>(value));
      fixed_number(static_cast<std::uint64_t>(value >> 64));
    } else if constexpr (std::is_enum_v<T>) {
      put(static_cast<std::underlying_type_t<T>>(value));
    } else if constexpr (std::signed_integral<T>) {
      const auto wide = static_cast<std::int64_t>(value);
      number((static_cast<std::uint64_t>(wide) << 1U) ^ static_cast<std::uint64_t>(wide >> 63));
    } else if constexpr (std::unsigned_integral<T>) {
      number(value);
    } else if constexpr (std::same_as<T, std::string>) {
      text(value);
    } else if constexpr (detail::kIsSequence<T>) {
      number(value.size());
      for (const auto& element : value) put(element);
    } else if constexpr (detail::kIsArray<T>) {
      for (const auto& element : value) put(element);
    } else if constexpr (detail::kIsOptional<T>) {
      number(value ? 1 : 0);
      if (value) put(*value);
    } else if constexpr (detail::kIsTuple<T>) {
      std::apply([this](const auto&... member) { (put(member), ...); }, value);
    } else {
      fields(*this, value);
    }
  }
  template <typename T>
  void put(const Unsaved<T>& /*member*/) {}
  template <typename T>
  void put(const Fixed<T>& member) {
    fixed_number(static_cast<std::uint64_t>(*member.value));
  }
  template <typename Array>
  void put(const InPlace<Array>& member) {
    if (*member.size != InPlace<Array>::kElsewhere) text({member.bytes->data(), *member.size});
  }

  Sink sink_;
  std::string buffer_;
};

class StateReader {
 public:
  static constexpr bool kReads = true;
  // The next bytes, empty behind the last; nothing where they cannot be had. They last until the next call.
  using Source = std::function<std::optional<std::string_view>()>;

  // `room` bounds what may be allocated beyond what the bytes themselves hold (spare capacity).
  explicit StateReader(Source source, std::uint64_t room = std::uint64_t{4} << 30)
      : source_(std::move(source)), room_(room) {}

  template <typename... M>
  void operator()(M&&... values) {
    (get(values), ...);
  }
  template <typename T, typename... M>
  void members(const T& /*whole*/, M&&... values) {
    static_assert(sizeof...(M) == kMembers<std::remove_cvref_t<T>>, "a member is not listed");
    (get(values), ...);
  }
  [[nodiscard]] std::uint64_t number();
  [[nodiscard]] std::uint64_t fixed_number();
  [[nodiscard]] std::string text();
  template <typename Table>
  void table(Table& entries) {
    entries.clear();
    for (std::uint64_t left = number(); left > 0 && ok(); --left) {
      if constexpr (requires { typename Table::mapped_type; }) {
        std::pair<typename Table::key_type, typename Table::mapped_type> entry{};
        get(entry);
        check(entries.insert(std::move(entry)).second, "a table holds a key twice");
      } else {
        typename Table::key_type entry{};
        get(entry);
        check(entries.insert(std::move(entry)).second, "a table holds a key twice");
      }
    }
  }
  // A number below `end`.
  [[nodiscard]] std::uint64_t number_below(std::uint64_t end, std::string_view what);
  // Behind the last byte?
  [[nodiscard]] bool at_end();

  [[nodiscard]] bool ok() const { return error_.empty(); }
  // A sentence; the first failure counts.
  void fail(std::string why);
  void check(bool right, std::string_view otherwise) {
    if (!right) fail(std::string(otherwise));
  }
  // Before `bytes` are allocated that no bytes read stand for: false (and a failure) where they are too many.
  [[nodiscard]] bool allow(std::uint64_t bytes);
  [[nodiscard]] const std::string& error() const { return error_; }

 private:
  [[nodiscard]] bool refill();
  void copy(char* to, std::size_t size);

  template <typename T>
  void get(T& value) {
    if constexpr (std::same_as<T, event::Int128>) {
      const std::uint64_t low = fixed_number();
      value = static_cast<event::Int128>((static_cast<unsigned __int128>(fixed_number()) << 64U) | low);
    } else if constexpr (std::same_as<T, bool>) {
      value = number_below(2, "a truth value") != 0;
    } else if constexpr (std::is_enum_v<T>) {
      std::underlying_type_t<T> bits{};
      get(bits);
      value = static_cast<T>(bits);
    } else if constexpr (std::signed_integral<T>) {
      const std::uint64_t bits = number();
      const auto wide = static_cast<std::int64_t>((bits >> 1U) ^ (~(bits & 1U) + 1U));
      value = static_cast<T>(wide);
      check(value == wide, "a number is out of its range");
    } else if constexpr (std::unsigned_integral<T>) {
      const std::uint64_t wide = number();
      value = static_cast<T>(wide);
      check(value == wide, "a number is out of its range");
    } else if constexpr (std::same_as<T, std::string>) {
      value = text();
    } else if constexpr (detail::kIsSequence<T>) {
      value.clear();
      for (std::uint64_t left = number(); left > 0 && ok(); --left) {
        value.emplace_back();
        get(value.back());
      }
    } else if constexpr (detail::kIsArray<T>) {
      for (auto& element : value) get(element);
    } else if constexpr (detail::kIsOptional<T>) {
      value.reset();
      if (number_below(2, "whether a value is there") != 0) get(value.emplace());
    } else if constexpr (detail::kIsTuple<T>) {
      std::apply([this](auto&... member) { (get(member), ...); }, value);
    } else {
      fields(*this, value);
    }
  }
  template <typename T>
  void get(const Unsaved<T>& /*member*/) {}
  template <typename T>
  void get(Unsaved<T>& /*member*/) {}
  template <typename T>
  void get(Fixed<T>& member) {
    *member.value = static_cast<T>(fixed_number());
  }
  template <typename Array>
  void get(InPlace<Array>& member) {
    if (*member.size == InPlace<Array>::kElsewhere) return;
    const std::string bytes = text();
    check(bytes.size() == *member.size && bytes.size() <= member.bytes->size(), "a text has no room");
    if (ok()) std::ranges::copy(bytes, member.bytes->begin());
  }

  Source source_;
  std::string_view rest_;
  bool ended_ = false;
  std::uint64_t room_;
  std::string error_;
};

// The second argument of fields(): written it is const.
template <typename Io, typename T>
using Of = std::conditional_t<Io::kReads, T, const T>;

}  // namespace suar::engine
