// What a printed document shows, as plain data: pages of bands, columns, sections and blocks.
#pragma once

#include <cstddef>
#include <string>
#include <variant>
#include <vector>

#include "picture/picture.h"

namespace entente::picture {

/// A paragraph; long ones are cut at a word.
struct Text {
    std::string words;
    std::string lead = {};  ///< before the words, set apart: `Against 2025`
    std::size_t most_lines = 6;
    bool quiet = false;  ///< less important than what stands around it
};

struct TableColumn {
    std::string heading;
    bool right = false;
    double width = 0;       ///< share of the table that it may take; 0: as wide as its widest cell
    bool computed = false;  ///< set in italics
    bool strong = false;
    bool narrow = false;  ///< in condensed letters
};

struct TableRow {
    std::vector<std::string> cells;
    std::vector<std::string> details = {};  ///< lines below, across all columns but the first
    bool stopped = false;                   ///< set apart
};

/// Rows that are cut where there is no room; what is cut is counted, with the command that prints it.
struct Table {
    std::vector<TableColumn> columns;
    std::vector<TableRow> rows;
    std::size_t least = 3;  ///< rows that stay
    std::string many;       ///< `channels`
    std::string command;    ///< that prints the rest
};

/// A value of 0 to 100 with its band, as a number and on a line.
struct Gauge {
    std::string value;  ///< `16`
    std::string band;   ///< `7–33`
    std::string words;  ///< `thin`
    double at = 0;
    double low = 0;
    double high = 0;
    double outer_low = 0;
    double outer_high = 0;
    std::vector<Tick> limits = {};
    std::string note = {};
};

/// A picture with the height (in points) at which it reads well, and the least.
struct Figure {
    Picture picture;
    double least_height = 150;
    double height = 236;
};

using Block = std::variant<Text, Table, Gauge, Figure>;

struct Section {
    std::string title;       ///< may be empty
    std::string aside = {};  ///< at the right end of the title
    std::vector<Block> blocks;
};

struct PageColumn {
    double share = 1;
    std::vector<Section> sections;
};

/// Columns beside each other.
struct Band {
    std::vector<PageColumn> columns;
};

struct Page {
    std::vector<Band> bands;
};

struct Document {
    std::string title;
    std::string aside = {};     ///< at the right end of the title: the day
    std::string sentence = {};  ///< under the title
    std::string running = {};   ///< above the following pages
    std::string foot = {};      ///< at the foot of each page
    std::string command = {};   ///< that prints everything
    Day day;                    ///< for which it was made; also the date in the file
    std::vector<Page> pages;
};

}  // namespace entente::picture
