#include "numerics/quadrature.h"

#include <boost/math/quadrature/gauss.hpp>

namespace entente::numerics {

const std::array<Node, 10>& gauss_legendre_10() {
    static const std::array<Node, 10> nodes = [] {
        using Rule = boost::math::quadrature::gauss<double, 10>;  // the non-negative half of [-1, 1]
        std::array<Node, 10> out{};
        for (std::size_t i = 0; i < 5; ++i) {
            out[5 + i] = {(1 + Rule::abscissa()[i]) / 2, Rule::weights()[i] / 2};
            out[4 - i] = {(1 - Rule::abscissa()[i]) / 2, Rule::weights()[i] / 2};
        }
        return out;
    }();
    return nodes;
}

}  // namespace entente::numerics
