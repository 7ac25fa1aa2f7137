#pragma once

#include <cstddef>
#include <string>

namespace entente {

/// `count` bytes from the system's cryptographic generator.
std::string random_bytes(std::size_t count);

}  // namespace entente
