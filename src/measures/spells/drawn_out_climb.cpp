#include "measures/spells/drawn_out_climb.h"

#include <algorithm>

namespace entente::measures {
namespace {

constexpr double kSameLikelihood = 1e-12;  // relative
/// Steps that gain more are left as they are: what lies at the foot of another top must not be reached by a leap.
constexpr double kSmallGain = 1e-2;
/// Nearer to the last step than this a leap is not worth its price.
constexpr double kLeastLeap = -1.01;

}  // namespace

DrawnOutClimb::DrawnOutClimb(const ChainNumbers& start) : at_(start), before_(start), beyond_(start) {}

void DrawnOutClimb::go_on(double likelihood, const ChainNumbers& next) {
    ++steps_;
    if (is_ == At::drawn_out && !(likelihood >= likelihood_)) {
        // Back to the step; what it was drawn out from is where that step was made.
        at_ = beyond_;
        is_ = At::stepped;
        return;
    }
    const double gain = likelihood - likelihood_;
    const bool stepped = is_ == At::stepped;
    if (stepped && !(gain >= kSameLikelihood * (1 + std::fabs(likelihood_)))) {
        done_ = true;
        likelihood_ = likelihood;
        return;
    }
    likelihood_ = likelihood;
    if (!stepped || gain > kSmallGain || !draw_out(next)) step_to(next);
}

void DrawnOutClimb::step_to(const ChainNumbers& next) {
    before_ = at_;
    at_ = next;
    is_ = At::stepped;
}

bool DrawnOutClimb::draw_out(const ChainNumbers& next) {
    double steps = 0, bends = 0, rates = 0;
    for (std::size_t s = 0; s < next.states; ++s) rates += next.rate(s);
    ChainNumbers step = at_, bend = at_;
    for (std::size_t i = 0; i < next.size(); ++i) {
        step.values[i] = at_.values[i] - before_.values[i];
        bend.values[i] = next.values[i] - at_.values[i] - step.values[i];
        // Rates count by their part, whatever their unit.
        const double unit = i < next.states ? rates : 1;
        steps += step.values[i] * step.values[i] / unit / unit;
        bends += bend.values[i] * bend.values[i] / unit / unit;
    }
    if (!(bends > 0)) return false;
    ChainNumbers drawn = at_;
    for (double by = -std::sqrt(steps / bends); by < kLeastLeap; by = (by - 1) / 2) {
        bool inside = true;
        for (std::size_t i = 0; i < next.size() && inside; ++i) {
            drawn.values[i] = before_.values[i] - 2 * by * step.values[i] + by * by * bend.values[i];
            inside = drawn.values[i] >= next.values[i] / 10;
        }
        if (!inside) continue;
        beyond_ = next;
        before_ = at_;
        at_ = drawn;
        is_ = At::drawn_out;
        return true;
    }
    return false;
}

}  // namespace entente::measures
