#include "ingest/table/worker_wire.h"

namespace entente::ingest::table {

void put_number(std::string& out, std::uint64_t number) {
    for (; number >= 0x80; number >>= 7) out.push_back(static_cast<char>((number & 0x7F) | 0x80));
    out.push_back(static_cast<char>(number));
}

void put_text(std::string& out, std::string_view text) {
    put_number(out, text.size());
    out += text;
}

void put_row(std::string& out, const TableRow& row) {
    put_number(out, row.line);
    put_number(out, row.cells.size());
    for (const auto cell : row.cells) put_text(out, cell);
    put_number(out, row.notes.size());
    for (const auto& note : row.notes) {
        put_number(out, note.cell * 2 + (note.fault ? 1 : 0));
        put_text(out, note.text);
    }
}

std::uint64_t FrameBody::number() {
    std::uint64_t number = 0;
    for (unsigned shift = 0; shift < 64; shift += 7) {
        if (left_.empty()) return good_ = false, 0;
        const auto byte = static_cast<unsigned char>(left_.front());
        left_.remove_prefix(1);
        number |= static_cast<std::uint64_t>(byte & 0x7F) << shift;
        if (byte < 0x80) return number;
    }
    return good_ = false, 0;
}

std::string_view FrameBody::text() {
    const auto size = number();
    if (!good_ || size > left_.size()) return good_ = false, std::string_view{};
    const auto text = left_.substr(0, size);
    left_.remove_prefix(size);
    return text;
}

std::size_t FrameBody::count() {
    const auto count = number();
    if (count > left_.size()) good_ = false;
    return good_ ? count : 0;
}

void FrameBody::row(TableRow& row) {
    row.line = number();
    const auto cells = count();
    row.cells.resize(cells);
    for (std::size_t i = 0; i < cells && good_; ++i) row.cells[i] = text();
    const auto notes = count();
    row.notes.resize(notes);
    for (std::size_t i = 0; i < notes && good_; ++i) {
        const auto where = number();
        row.notes[i] = {where / 2, text(), (where & 1) != 0};
    }
}

}  // namespace entente::ingest::table
