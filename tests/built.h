// Where this build's program and sources lie. Known to one file alone, so that the others compile alike in
// every clone.
#pragma once

namespace suar::testing {

extern const char* const kProgram;
extern const char* const kSourceDirectory;

}  // namespace suar::testing
