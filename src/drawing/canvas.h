// What is drawn on: lines, areas and words in points, from the top left corner.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

using cairo_t = struct _cairo;
using PangoLayout = struct _PangoLayout;
using PangoContext = struct _PangoContext;

namespace entente::drawing {

/// Black to white, and the one danger ink. In grey every two neighbours differ.
enum class Ink : std::uint8_t { black, dark, middle, light, pale, paper, stop, stop_wash };

enum class Weight : std::uint8_t { normal, strong };

struct Letters {
    double size = 8.5;
    Weight weight = Weight::normal;
    bool italic = false;
    bool narrow = false;
    Ink ink = Ink::black;
};

enum class Slant : std::uint8_t { rising, falling };

enum class At : std::uint8_t { start, middle, end };

struct Pen {
    double width = 0.6;
    Ink ink = Ink::black;
    std::vector<double> dashes = {};
};

struct Box {
    double x = 0;
    double y = 0;
    double width = 0;
    double height = 0;
    double right() const { return x + width; }
    double bottom() const { return y + height; }
};

struct Spot {
    double x = 0;
    double y = 0;
};

/// Draws on a surface of cairo. Not copied; does not own the surface.
class Canvas {
public:
    explicit Canvas(cairo_t* cairo);
    ~Canvas();
    Canvas(const Canvas&) = delete;
    Canvas& operator=(const Canvas&) = delete;

    void line(Spot from, Spot to, const Pen& pen);
    void path(const std::vector<Spot>& spots, const Pen& pen, bool closed = false);
    void fill(const Box& box, Ink ink);
    void fill(const std::vector<Spot>& spots, Ink ink);
    void frame(const Box& box, const Pen& pen);
    /// Slanting lines, aligned over the whole page, so that neighbours join.
    void hatch(const Box& box, double distance, const Pen& pen, Slant slant = Slant::rising);
    void disc(Spot centre, double radius, Ink inside, const Pen& rim);

    /// One line with its baseline at `spot.y`; its width.
    double words(Spot spot, std::string_view text, const Letters& letters, At at = At::start);
    /// One line, cut with an ellipsis where it is wider than `width`.
    double words_within(
        Spot spot, double width, std::string_view text, const Letters& letters, At at = At::start
    );
    double width_of(std::string_view text, const Letters& letters);

    /// Lines of a paragraph, broken at words; the last of `most` ends in an ellipsis where there is more.
    /// The first baseline is `spot.y`. Returns the number of lines.
    std::size_t paragraph(
        Spot spot,
        double width,
        double leading,
        std::string_view text,
        const Letters& letters,
        std::size_t most,
        bool only_count = false,
        std::string_view lead = {}
    );

private:
    void set(Ink ink);
    void set(const Pen& pen);
    PangoLayout* prepare(std::string_view text, const Letters& letters);
    double show_line(PangoLayout* layout, int index, Spot spot, At at, double width, Ink ink);

    cairo_t* cairo_;
    PangoLayout* layout_;
};

}  // namespace entente::drawing
