#include "include/cre2.h"

#include <re2/re2.h>

#include <cstring>
#include <vector>

struct cre2_regex {
  RE2 re;
  cre2_regex(re2::StringPiece pattern, const RE2::Options &options) : re(pattern, options) {}
};

extern "C" {

cre2_regex *cre2_compile(const char *pattern, size_t length, int64_t max_memory) {
  RE2::Options options;
  options.set_log_errors(false);
  options.set_max_mem(max_memory);
  return new cre2_regex(re2::StringPiece(pattern ? pattern : "", length), options);
}

bool cre2_ok(const cre2_regex *regex) { return regex->re.ok(); }

const char *cre2_error(const cre2_regex *regex) { return regex->re.error().c_str(); }

int cre2_group_count(const cre2_regex *regex) { return regex->re.NumberOfCapturingGroups(); }

bool cre2_search(const cre2_regex *regex, const char *text, size_t length, size_t start, int64_t *offsets,
                 int group_count) {
  re2::StringPiece subject(text ? text : "", length);
  std::vector<re2::StringPiece> groups(group_count > 0 ? group_count : 0);
  if (!regex->re.Match(subject, start, length, RE2::UNANCHORED, groups.data(), group_count)) return false;
  for (int i = 0; i < group_count; i++) {
    const bool set = groups[i].data() != nullptr;
    offsets[2 * i] = set ? groups[i].data() - subject.data() : -1;
    offsets[2 * i + 1] = set ? offsets[2 * i] + static_cast<int64_t>(groups[i].size()) : -1;
  }
  return true;
}

int64_t cre2_find_literal(const char *text, size_t length, const char *part, size_t part_length) {
  if (part_length == 0) return 0;
  if (part_length > length) return -1;
  // memmem first fills a table, which takes longer than to search a short text.
  if (length <= 256) {
    const char *const end = text + (length - part_length + 1);
    for (const char *place = text;; place++) {
      place = static_cast<const char *>(memchr(place, part[0], end - place));
      if (!place) return -1;
      if (memcmp(place, part, part_length) == 0) return place - text;
      if (place + 1 == end) return -1;
    }
  }
  const void *found = memmem(text, length, part, part_length);
  return found ? static_cast<const char *>(found) - text : -1;
}

void cre2_free(cre2_regex *regex) { delete regex; }
}
