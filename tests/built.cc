#include "built.h"

namespace suar::testing {

const char* const kProgram = SUAR_PROGRAM;
const char* const kSourceDirectory = SUAR_SOURCE_DIR;

}  // namespace suar::testing
