#pragma once

#include <array>

namespace entente::numerics {

/// A place in [0, 1] and its weight; the weights add up to 1.
struct Node {
    double at = 0;
    double weight = 0;
};

/// Gauss-Legendre with 10 nodes on [0, 1]: exact for polynomials up to degree 19.
const std::array<Node, 10>& gauss_legendre_10();

}  // namespace entente::numerics
