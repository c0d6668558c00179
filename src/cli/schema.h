// `suar schema`: the JSON Schema (draft 2020-12) of rule files, for editors.
#pragma once

#include <string>

namespace CLI {
class App;
}

namespace suar::cli {

// Of one document of a rule file. Made of the shapes that the reader itself reads by.
[[nodiscard]] std::string rule_file_schema();

void add_schema(CLI::App& app, int& exit_status);

}  // namespace suar::cli
