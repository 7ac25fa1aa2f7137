// Answers as pictures: what measures hand to the register beside their words and tables.
#pragma once

#include "measures/measure.h"

namespace entente::measures {

/// Strength year by year with its band and what is not seen, and each strand below on the same axis.
Result<picture::Picture> strength_picture(
    const PairFacts& facts, const MeasureQuestion& question, const Answer& answer
);

/// The stops of the relationship, and each channel with its outages and uses.
Result<picture::Picture> restart_picture(
    const PairFacts& facts, const MeasureQuestion& question, const Answer& answer
);

/// Counts by period with the stretches of one rate and the silences; hatched where not covered.
Result<picture::Picture> spells_picture(
    const PairFacts& facts, const MeasureQuestion& question, const Answer& answer
);

/// Contacts before and after: of one shock as a line of time, of several added up by thirty days.
Result<picture::Picture> shocks_picture(
    const PairFacts& facts, const MeasureQuestion& question, const Answer& answer
);

/// The chance to have mended by day, of each thing that is stopped.
Result<picture::Picture> forecast_picture(
    const PairFacts& facts, const MeasureQuestion& question, const Answer& answer
);

}  // namespace entente::measures
