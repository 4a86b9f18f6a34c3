#include "include/csimdjson.h"

#include <simdjson.h>

#include <cstdlib>
#include <cstring>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

namespace {

constexpr int maximum_depth = 128;
constexpr size_t maximum_keys = 200000;
constexpr uint32_t no_node = UINT32_MAX;
const uint8_t nothing[1] = {0};

bool is_space(uint8_t c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

/* A key at its place in the records. */
struct Node {
  uint32_t parent;
  std::string key;
  uint32_t first_binding;
  uint32_t binding_count;
  uint64_t last_record;
  /* Records in which it holds an object, and those in which it holds another value that says something. */
  uint64_t objects = 0;
  uint64_t values = 0;
};

struct Binding {
  int32_t column;
  int32_t rank;
};

struct NodeKey {
  uint32_t parent;
  std::string_view key;
  bool operator==(const NodeKey &other) const { return parent == other.parent && key == other.key; }
};

struct NodeHash {
  size_t operator()(const NodeKey &key) const {
    return std::hash<std::string_view>()(key.key) * 31 + key.parent;
  }
};

/* Memory whose pieces stay where they are until all are given up. */
class Arena {
  std::vector<std::unique_ptr<uint8_t[]>> blocks;
  uint8_t *next = nullptr;
  size_t room = 0;

public:
  uint8_t *allocate(size_t count) {
    if (count > room) {
      const size_t size = count > 16384 ? count : 16384;
      blocks.emplace_back(new uint8_t[size]);
      if (size - count < room) return blocks.back().get();
      next = blocks.back().get();
      room = size;
    }
    uint8_t *memory = next;
    next += count;
    room -= count;
    return memory;
  }
  void clear() {
    blocks.clear();
    next = nullptr;
    room = 0;
  }
};

int hex(const uint8_t *text) {
  int value = 0;
  for (int i = 0; i < 4; i++) {
    const uint8_t c = text[i];
    int digit;
    if (c >= '0' && c <= '9') digit = c - '0';
    else if (c >= 'a' && c <= 'f') digit = c - 'a' + 10;
    else if (c >= 'A' && c <= 'F') digit = c - 'A' + 10;
    else return -1;
    value = value << 4 | digit;
  }
  return value;
}

}  // namespace

struct csimdjson_reader {
  int32_t width;
  csimdjson_resolve resolve;
  void *context;

  std::unique_ptr<simdjson::internal::dom_parser_implementation> parser;
  size_t capacity = 0;
  const uint8_t *text = nullptr;
  const uint32_t *tokens = nullptr;
  size_t token_count = 0;
  size_t cursor = 0;
  /* Where the record that is read ends. */
  size_t limit = 0;
  size_t place = 0;

  std::vector<std::unique_ptr<Node>> nodes;
  std::unordered_map<NodeKey, uint32_t, NodeHash> known;
  std::vector<Binding> bindings;
  /* The keys of the last record in their order: the next one has the same more often than not. */
  std::vector<uint32_t> order;
  size_t step = 0;
  uint64_t record = 0;

  struct Filled {
    uint64_t record = 0;
    int32_t rank = 0;
    size_t origin = 0;
  };
  std::vector<Filled> filled;
  csimdjson_cell *cells = nullptr;
  Arena arena;
  /* Of what was read before the last csimdjson_clear. */
  Arena older;

  csimdjson_status fail(csimdjson_status status, size_t where) {
    place = where;
    return status;
  }

  bool at_end() const { return cursor >= token_count || tokens[cursor] >= limit; }
  size_t here() const { return at_end() ? limit : tokens[cursor]; }
  uint8_t peek() const { return at_end() ? 0 : text[tokens[cursor]]; }

  csimdjson_status unexpected() {
    if (at_end()) return fail(CSIMDJSON_INCOMPLETE, limit);
    return fail(text[here()] == 0 ? CSIMDJSON_NUL : CSIMDJSON_UNEXPECTED, here());
  }

  /* Behind the token at the cursor, without the space before the next one. */
  size_t token_end() const {
    size_t end = cursor + 1 < token_count && tokens[cursor + 1] < limit ? tokens[cursor + 1] : limit;
    while (end > tokens[cursor] + 1 && is_space(text[end - 1])) end--;
    return end;
  }

  /* The bytes between the quotes at the cursor. */
  csimdjson_status string(size_t &start, size_t &end) {
    start = tokens[cursor] + 1;
    end = token_end();
    if (end <= start || text[end - 1] != '"') return fail(CSIMDJSON_UNCLOSED_STRING, start - 1);
    end--;
    cursor++;
    return CSIMDJSON_OK;
  }

  /* Without escapes; `out` has room for what there is, or is NULL to check only. */
  csimdjson_status unescape(size_t start, size_t end, uint8_t *out, size_t &count) {
    uint8_t *to = out;
    uint8_t scratch[4];
    size_t made = 0;
    for (size_t at = start; at < end;) {
      const uint8_t c = text[at];
      if (c != '\\') {
        if (to) to[made] = c;
        made++;
        at++;
        continue;
      }
      if (at + 1 >= end) return fail(CSIMDJSON_BAD_ESCAPE, at);
      uint8_t plain = 0;
      switch (text[at + 1]) {
        case 'n': plain = '\n'; break;
        case 't': plain = '\t'; break;
        case 'r': plain = '\r'; break;
        case 'b': plain = '\b'; break;
        case 'f': plain = '\f'; break;
        case '"': case '\\': case '/': plain = text[at + 1]; break;
        case 'u': {
          if (at + 6 > end) return fail(CSIMDJSON_BAD_ESCAPE, at);
          int unit = hex(text + at + 2);
          if (unit < 0) return fail(CSIMDJSON_BAD_ESCAPE, at);
          if (unit == 0) return fail(CSIMDJSON_NUL, at);
          size_t length = 6;
          uint32_t scalar = static_cast<uint32_t>(unit);
          if ((unit & 0xFC00) == 0xDC00) return fail(CSIMDJSON_LONE_SURROGATE, at);
          if ((unit & 0xFC00) == 0xD800) {
            if (at + 12 > end || text[at + 6] != '\\' || text[at + 7] != 'u') return fail(CSIMDJSON_LONE_SURROGATE, at);
            const int low = hex(text + at + 8);
            if (low < 0 || (low & 0xFC00) != 0xDC00) return fail(CSIMDJSON_LONE_SURROGATE, at);
            scalar = 0x10000 + ((static_cast<uint32_t>(unit) & 0x3FF) << 10) + (static_cast<uint32_t>(low) & 0x3FF);
            length = 12;
          }
          uint8_t *target = to ? to + made : scratch;
          if (scalar < 0x80) {
            target[0] = static_cast<uint8_t>(scalar);
            made += 1;
          } else if (scalar < 0x800) {
            target[0] = static_cast<uint8_t>(0xC0 | scalar >> 6);
            target[1] = static_cast<uint8_t>(0x80 | (scalar & 0x3F));
            made += 2;
          } else if (scalar < 0x10000) {
            target[0] = static_cast<uint8_t>(0xE0 | scalar >> 12);
            target[1] = static_cast<uint8_t>(0x80 | (scalar >> 6 & 0x3F));
            target[2] = static_cast<uint8_t>(0x80 | (scalar & 0x3F));
            made += 3;
          } else {
            target[0] = static_cast<uint8_t>(0xF0 | scalar >> 18);
            target[1] = static_cast<uint8_t>(0x80 | (scalar >> 12 & 0x3F));
            target[2] = static_cast<uint8_t>(0x80 | (scalar >> 6 & 0x3F));
            target[3] = static_cast<uint8_t>(0x80 | (scalar & 0x3F));
            made += 4;
          }
          at += length;
          continue;
        }
        default: return fail(CSIMDJSON_BAD_ESCAPE, at);
      }
      if (to) to[made] = plain;
      made++;
      at += 2;
    }
    count = made;
    return CSIMDJSON_OK;
  }

  csimdjson_status string_cell(csimdjson_cell &cell) {
    size_t start, end;
    if (auto status = string(start, end)) return status;
    if (start < end && memchr(text + start, '\\', end - start)) {
      uint8_t *memory = arena.allocate(end - start);
      size_t count = 0;
      if (auto status = unescape(start, end, memory, count)) return status;
      cell = {memory, count};
    } else {
      cell = {text + start, end - start};
    }
    return CSIMDJSON_OK;
  }

  /* A number as it stands; a whole one with an exponent in plain digits, so that `1e3` fits an int. */
  csimdjson_status number_cell(csimdjson_cell &cell) {
    const size_t start = tokens[cursor], end = token_end();
    size_t at = start;
    const bool negative = text[at] == '-';
    if (negative) at++;
    const size_t first = at;
    while (at < end && text[at] >= '0' && text[at] <= '9') at++;
    const size_t whole = at - first;
    if (whole == 0 || (whole > 1 && text[first] == '0')) return fail(CSIMDJSON_BAD_NUMBER, start);
    size_t fraction = 0;
    if (at < end && text[at] == '.') {
      const size_t point = ++at;
      while (at < end && text[at] >= '0' && text[at] <= '9') at++;
      fraction = at - point;
      if (fraction == 0) return fail(CSIMDJSON_BAD_NUMBER, start);
    }
    cell = {text + start, end - start};
    if (at < end && (text[at] | 0x20) == 'e') {
      at++;
      bool down = false;
      if (at < end && (text[at] == '+' || text[at] == '-')) down = text[at++] == '-';
      const size_t digits = at;
      long exponent = 0;
      while (at < end && text[at] >= '0' && text[at] <= '9') {
        if (exponent < 100000) exponent = exponent * 10 + (text[at] - '0');
        at++;
      }
      if (at == digits) return fail(CSIMDJSON_BAD_NUMBER, start);
      if (whole + fraction <= 20) plain_digits(cell, first, whole, fraction, down ? -exponent : exponent, negative);
    }
    if (at != end) return fail(CSIMDJSON_BAD_NUMBER, start);
    cursor++;
    return CSIMDJSON_OK;
  }

  void plain_digits(csimdjson_cell &cell, size_t first, size_t whole, size_t fraction, long exponent, bool negative) {
    uint8_t digits[24];
    size_t count = 0;
    for (size_t i = 0; i < whole; i++) digits[count++] = text[first + i];
    for (size_t i = 0; i < fraction; i++) digits[count++] = text[first + whole + 1 + i];
    long scale = exponent - static_cast<long>(fraction);
    while (scale < 0 && count > 1 && digits[count - 1] == '0') {
      count--;
      scale++;
    }
    size_t leading = 0;
    while (leading + 1 < count && digits[leading] == '0') leading++;
    if (count == leading + 1 && digits[leading] == '0') scale = 0;
    if (scale < 0 || static_cast<long>(count - leading) + scale > 20) return;
    uint8_t *memory = arena.allocate(32);
    size_t made = 0;
    if (negative) memory[made++] = '-';
    for (size_t i = leading; i < count; i++) memory[made++] = digits[i];
    for (; scale > 0; scale--) memory[made++] = '0';
    cell = {memory, made};
  }

  csimdjson_status word(const char *wanted, size_t length) {
    const size_t start = tokens[cursor];
    if (token_end() - start != length || memcmp(text + start, wanted, length) != 0) return unexpected();
    cursor++;
    return CSIMDJSON_OK;
  }

  /* A value of which nothing is wanted but that it is one. */
  csimdjson_status skip(int depth) {
    if (depth > maximum_depth) return fail(CSIMDJSON_TOO_DEEP, here());
    switch (peek()) {
      case '"': {
        size_t start, end, count;
        if (auto status = string(start, end)) return status;
        if (start < end && memchr(text + start, '\\', end - start)) return unescape(start, end, nullptr, count);
        return CSIMDJSON_OK;
      }
      case 't': return word("true", 4);
      case 'f': return word("false", 5);
      case 'n': return word("null", 4);
      case '[':
        cursor++;
        if (peek() == ']') {
          cursor++;
          return CSIMDJSON_OK;
        }
        while (true) {
          if (auto status = skip(depth + 1)) return status;
          const uint8_t next = peek();
          if (next != ',' && next != ']') return unexpected();
          cursor++;
          if (next == ']') return CSIMDJSON_OK;
        }
      case '{':
        cursor++;
        if (peek() == '}') {
          cursor++;
          return CSIMDJSON_OK;
        }
        while (true) {
          if (peek() != '"') return unexpected();
          if (auto status = skip(depth + 1)) return status;
          if (peek() != ':') return unexpected();
          cursor++;
          if (auto status = skip(depth + 1)) return status;
          const uint8_t next = peek();
          if (next != ',' && next != '}') return unexpected();
          cursor++;
          if (next == '}') return CSIMDJSON_OK;
        }
      default: {
        const uint8_t c = peek();
        if (c != '-' && (c < '0' || c > '9')) return unexpected();
        csimdjson_cell cell;
        return number_cell(cell);
      }
    }
  }

  std::string path(uint32_t node) const {
    std::string result = nodes[node]->key;
    for (uint32_t at = nodes[node]->parent; at != no_node; at = nodes[at]->parent) result = nodes[at]->key + "." + result;
    return result;
  }

  csimdjson_status find(uint32_t parent, std::string_view key, size_t where, bool is_object, uint32_t &found) {
    if (step < order.size()) {
      const Node &likely = *nodes[order[step]];
      if (likely.parent == parent && likely.key == key) {
        found = order[step++];
        return CSIMDJSON_OK;
      }
    }
    const auto entry = known.find(NodeKey{parent, key});
    if (entry != known.end()) {
      found = entry->second;
    } else {
      if (nodes.size() >= maximum_keys) return fail(CSIMDJSON_TOO_MANY_KEYS, where);
      found = static_cast<uint32_t>(nodes.size());
      nodes.emplace_back(new Node{parent, std::string(key), static_cast<uint32_t>(bindings.size()), 0, 0, 0, 0});
      Node &node = *nodes.back();
      known.emplace(NodeKey{parent, node.key}, found);
      int32_t columns[8], ranks[8];
      const std::string name = path(found);
      const int32_t count =
          resolve(context, reinterpret_cast<const uint8_t *>(name.data()), name.size(), is_object, columns, ranks, 8);
      for (int32_t i = 0; i < count; i++) bindings.push_back(Binding{columns[i], ranks[i]});
      node.binding_count = static_cast<uint32_t>(count);
    }
    if (step < order.size()) order[step] = found;
    else order.push_back(found);
    step++;
    return CSIMDJSON_OK;
  }

  csimdjson_status object(uint32_t parent, int depth) {
    if (depth > maximum_depth) return fail(CSIMDJSON_TOO_DEEP, here());
    cursor++;
    if (peek() == '}') {
      cursor++;
      return CSIMDJSON_OK;
    }
    while (true) {
      if (peek() != '"') return unexpected();
      const size_t key_place = here();
      csimdjson_cell key;
      if (auto status = string_cell(key)) return status;
      if (peek() != ':') return unexpected();
      cursor++;
      const uint8_t first = peek();
      uint32_t number;
      const std::string_view name(reinterpret_cast<const char *>(key.start), key.count);
      if (auto status = find(parent, name, key_place, first == '{', number)) return status;
      Node &node = *nodes[number];
      if (node.last_record == record) return fail(CSIMDJSON_DUPLICATE_KEY, key_place);
      node.last_record = record;
      const size_t value_place = here();
      csimdjson_cell cell{nothing, 0};
      switch (first) {
        case '"':
          if (auto status = string_cell(cell)) return status;
          break;
        case 't':
          cell = {text + value_place, 4};
          if (auto status = word("true", 4)) return status;
          break;
        case 'f':
          cell = {text + value_place, 5};
          if (auto status = word("false", 5)) return status;
          break;
        case 'n':
          if (auto status = word("null", 4)) return status;
          break;
        case '[': {
          const size_t open = cursor;
          if (auto status = skip(depth + 1)) return status;
          /* Some programs write an empty list for an empty object. */
          if (cursor - open > 2) node.values++;
          cell = {text + value_place, tokens[cursor - 1] + 1 - value_place};
          break;
        }
        case '{':
          node.objects++;
          if (node.binding_count > 0) return fail(CSIMDJSON_OBJECT_VALUE, key_place);
          if (auto status = object(number, depth + 1)) return status;
          break;
        default:
          if (first != '-' && (first < '0' || first > '9')) return unexpected();
          if (auto status = number_cell(cell)) return status;
      }
      if (first != '[' && cell.count > 0) node.values++;
      for (uint32_t i = 0; i < node.binding_count; i++) {
        const Binding binding = bindings[node.first_binding + i];
        Filled &column = filled[static_cast<size_t>(binding.column)];
        if (column.record == record) {
          if (column.rank == binding.rank) return fail(CSIMDJSON_AMBIGUOUS_KEY, key_place);
          if (column.rank < binding.rank) continue;
        }
        column = {record, binding.rank, value_place};
        cells[binding.column] = cell;
      }
      const uint8_t next = peek();
      if (next != ',' && next != '}') return unexpected();
      cursor++;
      if (next == '}') return CSIMDJSON_OK;
    }
  }
};

extern "C" {

csimdjson_reader *csimdjson_create(int32_t width, csimdjson_resolve resolve, void *context) {
  auto reader = new csimdjson_reader();
  reader->width = width;
  reader->resolve = resolve;
  reader->context = context;
  reader->filled.resize(static_cast<size_t>(width));
  return reader;
}

void csimdjson_free(csimdjson_reader *reader) { delete reader; }

csimdjson_status csimdjson_index(csimdjson_reader *reader, const uint8_t *text, size_t length) {
  reader->text = text;
  reader->cursor = 0;
  reader->token_count = 0;
  // Places of tokens have 32 bits.
  if (length >= UINT32_MAX - 64) return CSIMDJSON_NO_MEMORY;
  if (length > reader->capacity) {
    const size_t capacity = length + length / 2 + 4096;
    simdjson::error_code error;
    if (reader->parser) error = reader->parser->allocate(capacity, maximum_depth);
    else error = simdjson::get_active_implementation()->create_dom_parser_implementation(capacity, maximum_depth, reader->parser);
    if (error) {
      reader->capacity = 0;
      return CSIMDJSON_NO_MEMORY;
    }
    reader->capacity = capacity;
  }
  switch (reader->parser->stage1(text, length, simdjson::stage1_mode::regular)) {
    case simdjson::SUCCESS: break;
    case simdjson::EMPTY: return CSIMDJSON_OK;
    case simdjson::UTF8_ERROR: return CSIMDJSON_NOT_UTF8;
    case simdjson::UNCLOSED_STRING: return CSIMDJSON_UNCLOSED_STRING;
    case simdjson::UNESCAPED_CHARS: return CSIMDJSON_CONTROL_CHARACTER;
    default: return CSIMDJSON_NO_MEMORY;
  }
  reader->tokens = reader->parser->structural_indexes.get();
  reader->token_count = reader->parser->n_structural_indexes;
  return CSIMDJSON_OK;
}

csimdjson_status csimdjson_record(csimdjson_reader *reader, size_t start, size_t end, csimdjson_cell *cells, size_t *place) {
  reader->record++;
  reader->step = 0;
  reader->limit = end;
  reader->cells = cells;
  for (int32_t i = 0; i < reader->width; i++) cells[i] = {nothing, 0};
  while (reader->cursor < reader->token_count && reader->tokens[reader->cursor] < start) reader->cursor++;
  csimdjson_status status;
  if (reader->peek() != '{') {
    status = reader->at_end() || reader->peek() == 0 ? reader->unexpected() : reader->fail(CSIMDJSON_NOT_OBJECT, reader->here());
  } else {
    status = reader->object(no_node, 1);
    if (!status && !reader->at_end()) status = reader->unexpected();
  }
  if (status) {
    *place = reader->place;
    while (reader->cursor < reader->token_count && reader->tokens[reader->cursor] < end) reader->cursor++;
  }
  return status;
}

ptrdiff_t csimdjson_origin(const csimdjson_reader *reader, int32_t column) {
  const auto &filled = reader->filled[static_cast<size_t>(column)];
  return filled.record == reader->record ? static_cast<ptrdiff_t>(filled.origin) : -1;
}

void csimdjson_mixed(const csimdjson_reader *reader, csimdjson_see see, void *context) {
  for (uint32_t at = 0; at < reader->nodes.size(); at++) {
    const Node &node = *reader->nodes[at];
    if (node.objects == 0 || node.values == 0) continue;
    const std::string name = reader->path(at);
    see(context, reinterpret_cast<const uint8_t *>(name.data()), name.size(), node.values);
  }
}

void csimdjson_clear(csimdjson_reader *reader) {
  std::swap(reader->arena, reader->older);
  reader->arena.clear();
}

csimdjson_status csimdjson_diagnose(const uint8_t *text, size_t length, size_t *place) {
  bool inside = false;
  size_t open = 0;
  for (size_t at = 0; at < length; at++) {
    const uint8_t c = text[at];
    if (c == 0) {
      *place = at;
      return CSIMDJSON_NUL;
    }
    if (!inside) {
      if (c == '"') {
        inside = true;
        open = at;
      }
    } else if (c == '\\') {
      at++;
    } else if (c == '"') {
      inside = false;
    } else if (c == '\n') {
      *place = open;
      return CSIMDJSON_UNCLOSED_STRING;
    } else if (c < 0x20) {
      *place = at;
      return CSIMDJSON_CONTROL_CHARACTER;
    }
  }
  *place = inside ? open : length;
  return inside ? CSIMDJSON_UNCLOSED_STRING : CSIMDJSON_INCOMPLETE;
}

csimdjson_status csimdjson_check(csimdjson_reader *reader, const uint8_t *text, size_t length, size_t *place) {
  if (auto status = csimdjson_index(reader, text, length)) {
    if (status != CSIMDJSON_NO_MEMORY && status != CSIMDJSON_NOT_UTF8) status = csimdjson_diagnose(text, length, place);
    return status;
  }
  reader->limit = length;
  auto status = reader->skip(1);
  if (!status && !reader->at_end()) status = reader->unexpected();
  if (status) *place = reader->place;
  return status;
}
}
