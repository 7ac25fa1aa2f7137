#pragma once

#include <array>
#include <cstddef>
#include <cstring>

namespace entente::numerics {

/// Eight numbers side by side, in registers of two. Each is reckoned with by itself, so that the digits are the same
/// on every processor.
class Eight {
public:
    static constexpr std::size_t kSize = 8;

    Eight() = default;
    /// All of them the same.
    explicit Eight(double value)
        : pairs_{Two{value, value}, {value, value}, {value, value}, {value, value}} {}
    /// Of eight numbers in a row, wherever they lie.
    static Eight load(const double* from) {
        Eight out;
        for (std::size_t i = 0; i < 4; ++i) std::memcpy(&out.pairs_[i], from + 2 * i, sizeof(Two));
        return out;
    }
    /// Number `lane` is `get(lane)`.
    template <class Get>
    static Eight gather(const Get& get) {
        Eight out;
        out.pairs_[0] = Two{get(0), get(1)}, out.pairs_[1] = Two{get(2), get(3)};
        out.pairs_[2] = Two{get(4), get(5)}, out.pairs_[3] = Two{get(6), get(7)};
        return out;
    }

    Eight& operator+=(const Eight& other) {
        pairs_[0] += other.pairs_[0], pairs_[1] += other.pairs_[1];
        pairs_[2] += other.pairs_[2], pairs_[3] += other.pairs_[3];
        return *this;
    }
    friend Eight operator*(Eight a, const Eight& b) {
        a.pairs_[0] *= b.pairs_[0], a.pairs_[1] *= b.pairs_[1];
        a.pairs_[2] *= b.pairs_[2], a.pairs_[3] *= b.pairs_[3];
        return a;
    }
    friend Eight operator/(Eight a, const Eight& b) {
        a.pairs_[0] /= b.pairs_[0], a.pairs_[1] /= b.pairs_[1];
        a.pairs_[2] /= b.pairs_[2], a.pairs_[3] /= b.pairs_[3];
        return a;
    }
    friend Eight operator+(Eight a, const Eight& b) { return a += b; }
    std::array<double, kSize> values() const {
        std::array<double, kSize> out;
        std::memcpy(out.data(), pairs_, sizeof pairs_);
        return out;
    }

private:
    using Two = double __attribute__((vector_size(2 * sizeof(double))));
    Two pairs_[4] = {};
};

}  // namespace entente::numerics
