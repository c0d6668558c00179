// Reference data written in a test, and what loading it said.
#pragma once

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "event/instant.h"
#include "event/money.h"
#include "reference/reference.h"

namespace suar::reference {

inline event::Currency currency(std::string_view code) {
  return event::parse_currency(code).value();
}
inline event::Currency rupiah() {
  return currency("IDR");
}

// "2025-03-01" is noon of that day in Jakarta.
inline event::Instant at(std::string text) {
  if (text.size() == 10) text += "T12:00:00+07:00";
  return event::parse_rfc3339(text).value().instant;
}
inline event::Date day(std::string_view text) {
  return event::parse_date(text).value();
}

inline Reference::Loaded load(const std::vector<File>& files) {
  return Reference::load(files, rupiah());
}
inline Reference::Loaded load(std::string name, std::string bytes) {
  return load({File{std::move(name), std::move(bytes)}});
}

inline std::string rendered(const Diagnostics& findings) {
  std::string text;
  for (const Diagnostic& finding : findings) text += render(finding);
  return text;
}

// The reference, which must have loaded.
inline std::shared_ptr<const Reference> loaded(const std::vector<File>& files) {
  auto result = load(files);
  EXPECT_TRUE(result.reference) << rendered(result.findings);
  return result.reference ? result.reference : Reference::empty(rupiah());
}
inline std::shared_ptr<const Reference> loaded(std::string name, std::string bytes) {
  return loaded({File{std::move(name), std::move(bytes)}});
}

inline Diagnostics errors_of(const Reference::Loaded& result) {
  Diagnostics errors;
  std::ranges::copy_if(result.findings, std::back_inserter(errors),
                       [](const Diagnostic& f) { return f.severity == Severity::kError; });
  return errors;
}

// "line:column code" of each error, in order.
inline std::vector<std::string> places_of_errors(const Reference::Loaded& result) {
  std::vector<std::string> places;
  for (const Diagnostic& error : errors_of(result)) {
    places.push_back(std::to_string(error.line) + ":" + std::to_string(error.column) + " " + error.code);
  }
  return places;
}

// The warnings about the file itself, without those about files that a test leaves out.
inline Diagnostics warnings_of(const Reference::Loaded& result, std::string_view file) {
  Diagnostics warnings;
  for (const Diagnostic& finding : result.findings) {
    if (finding.severity == Severity::kWarning && finding.file == file) warnings.push_back(finding);
  }
  return warnings;
}

}  // namespace suar::reference
