// Reading the YAML of tests: nodes with their place in the file, so that every mistake is located.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <yaml-cpp/yaml.h>

#include "reference/diagnostic.h"
#include "rules/shape.h"

namespace suar::cli {

// Collects what is wrong with one file's tests.
class TestFindings {
 public:
  TestFindings(std::string file, std::string_view bytes, Diagnostics& findings)
      : file_(std::move(file)), bytes_(bytes), findings_(findings) {}

  void error(const YAML::Node& at, std::string message, std::string suggestion = {});
  // Every key of the map `node` is one of the shape's; an error for each that is not, with the nearest.
  void check_keys(const YAML::Node& node, const rules::MapShape& shape);

  [[nodiscard]] const std::string& file() const { return file_; }

 private:
  [[nodiscard]] std::string line_text(int line) const;

  std::string file_;
  std::string_view bytes_;
  Diagnostics& findings_;
};

[[nodiscard]] int line_of(const YAML::Node& node);
// The text of a scalar, "" of anything else.
[[nodiscard]] std::string scalar(const YAML::Node& node);

}  // namespace suar::cli
