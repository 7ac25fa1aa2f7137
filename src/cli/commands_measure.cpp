#include <chrono>

#include <fmt/format.h>

#include "base/csv.h"
#include "base/files.h"
#include "cli/commands.h"
#include "cli/measure_asked.h"
#include "cli/render_answer.h"
#include "cli/write_drawn.h"
#include "drawing/sheet.h"
#include "measures/words.h"
#include "service/ask_measure.h"
#include "service/compare_pairs.h"

namespace entente::cli {

namespace {

// Beyond this a record that goes to today at the most says nothing of a day.
constexpr int kYearsAhead = 10;

Result<Day> day_asked(const std::string& typed) {
    if (typed.empty()) return today();
    ENTENTE_ASSIGN_OR_RETURN(const auto span, domain::DateSpan::parse(typed));
    if (!span.to || calendar(*span.to).year < 1800 || calendar(*span.to).year > 9000)
        return fail(
            ErrorCode::invalid_argument,
            "at",
            fmt::format("found '{}', expected a day of the years 1800 to 9000", typed)
        );
    const auto now = calendar(today());
    const Day furthest = end_of_month(now.year + kYearsAhead, now.month);
    if (*span.to > furthest)
        return fail(
            ErrorCode::invalid_argument,
            "at",
            fmt::format(
                "found '{}', expected a day up to {}: the record ends today at the latest, and {} years on "
                "nothing of it "
                "speaks any more",
                typed,
                measures::day_words(furthest),
                kYearsAhead
            )
        );
    return *span.to;
}

std::string known_at(const service::Node::Standing& standing, const std::optional<std::uint64_t>& as_of) {
    std::string out;
    if (standing.checkpoint)
        out = fmt::format("checkpoint {} of {}", standing.checkpoint->size, standing.checkpoint->origin);
    if (as_of) out += fmt::format("{}as of entry {}", out.empty() ? "" : ", ", *as_of);
    return out;
}

Result<std::string> name_of_actor(ledger::RecordView& view, const std::string& id) {
    ENTENTE_ASSIGN_OR_RETURN(const auto actor, view.current(id));
    return measures::read_actor(actor->rec, actor->content).name;
}

// An error about a file as a whole names the option that named it, and the file.
std::unexpected<Error> named_after(Error error, const char* option, const std::string& file) {
    if (error.field.empty()) {
        error.field = option;
        error.message += fmt::format(", in {}", file);
    }
    return std::unexpected(std::move(error));
}

}  // namespace

Result<measures::Parameters> read_parameters(const std::string& file) {
    if (file.empty()) return measures::builtin_parameters();
    ENTENTE_ASSIGN_OR_RETURN(const auto text, read_file(file));
    auto parsed = measures::parse_parameters(text);
    if (!parsed) return named_after(std::move(parsed.error()), "parameters", file);
    return parsed;
}

Result<Asking> open_asking(const Session& session, const AskingOptions& options) {
    Asking out;
    ENTENTE_ASSIGN_OR_RETURN(out.parameters, read_parameters(options.parameters));
    ENTENTE_ASSIGN_OR_RETURN(out.at, day_asked(options.at));
    ENTENTE_ASSIGN_OR_RETURN(out.node, session.open(service::Access::read));
    ENTENTE_ASSIGN_OR_RETURN(const auto standing, out.node->standing());
    ENTENTE_ASSIGN_OR_RETURN(out.view, out.node->view(options.as_of));
    out.known = known_at(standing, options.as_of);
    return out;
}

Result<Exit> print_answer(
    const measures::Answer& answer,
    const Asking& asking,
    const AskingOptions& options,
    const std::function<Result<std::string>()>& page
) {
    if (options.json) {
        print(pretty_json(service::answer_json(answer, asking.known)) + "\n");
    } else if (options.csv) {
        print(answer_csv(answer));
    } else {
        ENTENTE_ASSIGN_OR_RETURN(const auto text, page());
        print(text);
    }
    return Exit::done;
}

Result<measures::AttentionRules> read_rules(const std::string& file) {
    if (file.empty()) return measures::builtin_attention_rules();
    ENTENTE_ASSIGN_OR_RETURN(const auto text, read_file(file));
    auto parsed = measures::parse_attention_rules(text);
    if (!parsed) return named_after(std::move(parsed.error()), "rules", file);
    return parsed;
}

Result<Exit> run_measure(const Session& session, const MeasureOptions& options) {
    ENTENTE_ASSIGN_OR_RETURN(const auto asking, open_asking(session, options));
    auto& view = *asking.view;
    const auto resolve = service::make_resolver(view, session.schema);
    service::MeasureRequest request;
    request.measure = options.measure;
    request.general_knowledge = options.general_knowledge;
    request.choices = options.choices;
    ENTENTE_ASSIGN_OR_RETURN(request.a, resolve({"actor"}, options.a));
    ENTENTE_ASSIGN_OR_RETURN(const auto rules, read_rules(options.rules));
    request.rules = &rules;
    if (options.b.empty()) return run_attention_of_all(asking, session, options, request.a, rules);
    ENTENTE_ASSIGN_OR_RETURN(request.b, resolve({"actor"}, options.b));
    request.at = asking.at, request.known_at = asking.known;
    if (!options.svg.empty()) {
        ENTENTE_ASSIGN_OR_RETURN(const auto picture, service::draw_measure(view, request, asking.parameters));
        ENTENTE_ASSIGN_OR_RETURN(const auto bytes, drawing::to_svg(picture));
        ENTENTE_RETURN_IF_ERROR(write_drawn(options.svg, bytes));
        return Exit::done;
    }
    ENTENTE_ASSIGN_OR_RETURN(const auto answer, service::ask_measure(view, request, asking.parameters));
    return print_answer(answer, asking, options, [&]() -> Result<std::string> {
        ENTENTE_ASSIGN_OR_RETURN(const auto a, name_of_actor(view, request.a));
        ENTENTE_ASSIGN_OR_RETURN(const auto b, name_of_actor(view, request.b));
        return render_answer(answer, a + " and " + b, asking.known, session.style, options.explain);
    });
}

Result<Exit> run_compare(const Session& session, const CompareOptions& options) {
    ENTENTE_ASSIGN_OR_RETURN(const auto asking, open_asking(session, options));
    auto& view = *asking.view;
    const auto resolve = service::make_resolver(view, session.schema);
    service::CompareRequest request;
    request.strand = options.strand, request.at = asking.at;
    request.general_knowledge = options.general_knowledge;
    ENTENTE_ASSIGN_OR_RETURN(request.home, resolve({"actor"}, options.home));
    for (const auto& partner : options.partners) {
        ENTENTE_ASSIGN_OR_RETURN(auto id, resolve({"actor"}, partner));
        request.partners.push_back(std::move(id));
    }
    ENTENTE_ASSIGN_OR_RETURN(const auto answer, service::compare_pairs(view, request, asking.parameters));
    return print_answer(answer, asking, options, [&]() -> Result<std::string> {
        ENTENTE_ASSIGN_OR_RETURN(const auto home, name_of_actor(view, request.home));
        return render_answer(answer, "Ties of " + home, asking.known, session.style, options.explain);
    });
}

Result<Exit> run_measures(const Session& session, bool as_json) {
    if (as_json) {
        print(pretty_json(service::measures_json()) + "\n");
        return Exit::done;
    }
    for (const auto& measure : measures::all_measures()) {
        print(fmt::format("{}\n  {}\n", session.style.tone(Tone::bold, measure.name), measure.question));
        for (const auto& choice : measure.choices)
            print(labelled(
                "", fmt::format("  --{} {}  {}", choice.name, choice.type, choice.help), 4, session.style
            ));
    }
    return Exit::done;
}

namespace {

json::object parameters_json(const measures::Parameters& parameters) {
    json::array strands;
    for (const auto& one : parameters.strands)
        strands.push_back(json::object{
            {"strand", one.strand},
            {"name", one.name},
            {"half_life_days", one.half_life_days},
            {"half_life_range", json::array{one.half_life_low, one.half_life_high}},
            {"half_full", one.half_full},
            {"share", one.share},
            {"unit", one.unit}});
    const auto table = [](const std::vector<measures::TableEntry>& entries) {
        json::object out;
        for (const auto& entry : entries) out[entry.key] = entry.value;
        return out;
    };
    return {
        {"name", parameters.name},
        {"version", parameters.version},
        {"date", parameters.date},
        {"hash", parameters.hash},
        {"strands", std::move(strands)},
        {"base", table(parameters.base)},
        {"levels", table(parameters.levels)},
        {"modes", table(parameters.modes)},
        {"sizes", table(parameters.sizes)},
        {"draws", parameters.draws},
        {"band_level", parameters.band_level}};
}

std::string parameters_csv(const measures::Parameters& parameters) {
    std::string out = csv_line({"table", "key", "what", "value"});
    const auto line = [&](const char* table, const std::string& key, const char* what, double value) {
        out += csv_line({table, key, what, fmt::format("{:g}", value)});
    };
    for (const auto& one : parameters.strands) {
        line("strand", one.strand, "half_life_days", one.half_life_days);
        line("strand", one.strand, "half_life_low", one.half_life_low);
        line("strand", one.strand, "half_life_high", one.half_life_high);
        line("strand", one.strand, "half_full", one.half_full);
        line("strand", one.strand, "share", one.share);
    }
    for (const auto& one : parameters.base) line("base", one.key, "value", one.value);
    for (const auto& one : parameters.levels) line("level", one.key, "value", one.value);
    for (const auto& one : parameters.modes) line("mode", one.key, "value", one.value);
    for (const auto& one : parameters.sizes) line("size", one.key, "value", one.value);
    return out;
}

}  // namespace

Result<Exit> run_parameters(const Session& session, const ParametersOptions& options) {
    if (options.rules) {
        print(measures::builtin_attention_text());
        return Exit::done;
    }
    if (options.file) {
        print(measures::builtin_parameters_text());
        return Exit::done;
    }
    ENTENTE_ASSIGN_OR_RETURN(const auto parameters, read_parameters(options.parameters));
    if (options.json) {
        print(pretty_json(parameters_json(parameters)) + "\n");
        return Exit::done;
    }
    if (options.csv) {
        print(parameters_csv(parameters));
        return Exit::done;
    }
    std::vector<Row> rows;
    for (const auto& strand : parameters.strands)
        rows.push_back(
            {{strand.name,
              fmt::format("{:.0f}", strand.half_life_days),
              fmt::format("{:.0f}-{:.0f}", strand.half_life_low, strand.half_life_high),
              fmt::format("{:g}", strand.half_full),
              fmt::format("{:.2f}", strand.share),
              strand.unit},
             Tone::plain,
             false}
        );
    print(fmt::format("{} of {}\n\n", parameters.shown(), parameters.date));
    print(lay_out(
              {{"strand"},
               {"half-life, days", Align::right},
               {"80 % in"},
               {"half-full at", Align::right},
               {"share", Align::right},
               {"unit of mass", Align::left, 0, 12}},
              rows,
              false,
              session.style
    )
              .text);
    const auto table = [&](const char* title, const std::vector<measures::TableEntry>& entries) {
        print(fmt::format("\n{}\n", title));
        for (const auto& entry : entries) print(fmt::format("  {:<22}{:>6g}\n", entry.key, entry.value));
    };
    table("Base", parameters.base);
    table("Level", parameters.levels);
    table("Mode", parameters.modes);
    table("Size", parameters.sizes);
    return Exit::done;
}

}  // namespace entente::cli
