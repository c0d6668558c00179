// A YAML document as a tree in which everything has its place in the file. Made from yaml-cpp's events,
// because its own tree forgets where things end and which keys stood twice.
#pragma once

#include <string>
#include <vector>

#include "rules/findings.h"
#include "rules/source.h"

namespace suar::rules {

struct YamlPair;

struct YamlNode {
  enum class Kind { kNull, kScalar, kList, kMap };

  Kind kind = Kind::kNull;
  Span at;            // of a list or map: where it begins
  LocatedText text;   // kScalar
  bool plain = true;  // kScalar: written without quotes and not as a block
  std::vector<YamlNode> items;
  std::vector<YamlPair> pairs;  // in the order of the file

  [[nodiscard]] bool is_scalar() const { return kind == Kind::kScalar; }
};

struct YamlPair {
  YamlNode key, value;
};

// The documents of one file. What is wrong with the file as a file or as YAML is found here; the documents
// before the place where YAML breaks off are returned all the same, and `complete` is then false.
struct YamlFile {
  std::vector<YamlNode> documents;
  bool complete = true;
};
[[nodiscard]] YamlFile read_yaml(const Sources& sources, int file, Findings& findings);

}  // namespace suar::rules
