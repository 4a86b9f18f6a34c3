/* First match by bitsets, written by hand: the limit that routing is held against.

   cc -O2 -o bitmap bench/bitmap.c && bitmap COLUMNS ROWS RULES ROUNDS MATCHES

   A field has a table from the code of a value, or its place among the thresholds of a number, to the set of the rules that
   this value does not exclude. A decision is the AND of one set a field, word by word; the first bit left is the first match.

   RULES is text: the names that codes stand for, a line a field, then the number of rules, then lines `RULE FIELD OPERATOR
   COUNT VALUE …`. MATCHES receives the first match of every row as int32, -1 where there is none. Standard output is one JSON
   object.

   bitmap TICKETS.csv RULES DECISIONS.csv does the whole job: tickets from their file to a file of decisions. */

#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

enum { KIND, PRODUCT, PRIORITY, TIER, CHANNEL, REGION, CODED, SEVERITY = CODED, CSAT, CREATED, ARR, FIELDS };

static const char *const names[FIELDS] = {
    "kind", "product", "priority", "tier", "channel", "region", "severity", "csat", "created", "arr"};
/* How many values a coded field has; severity is 1 to 5, which serves as a code. */
static int sizes[CODED + 1] = {[SEVERITY] = 6};
static char labels[CODED][64][16];

typedef struct {
    int rule, field;
    char operator; /* 'i' in, '=' equal, 'g' greater or equal, 'l' less */
    int count;
    double *values;
} Predicate;

static void fail(const char *what) {
    fprintf(stderr, "bitmap: %s\n", what);
    exit(1);
}

static void *allocate(size_t size) {
    /* Whole lines of the cache. */
    void *memory = aligned_alloc(64, (size + 63) / 64 * 64);
    if (!memory) fail("no memory");
    return memory;
}

/* Processor time, so that what else the machine does counts less. */
static double now(void) {
    struct timespec time;
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
    return time.tv_sec + time.tv_nsec * 1e-9;
}

static void *column(const char *folder, const char *name, size_t bytes) {
    char path[4096];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *file = fopen(path, "rb");
    void *memory = allocate(bytes);
    if (!file || fread(memory, 1, bytes, file) != bytes) fail(path);
    fclose(file);
    return memory;
}

static Predicate *read_rules(const char *path, int *rules, int *predicates) {
    FILE *file = fopen(path, "r");
    if (!file) fail(path);
    for (int field = 0; field < CODED; field++) {
        if (fscanf(file, "%d", sizes + field) != 1 || sizes[field] > 64) fail(path);
        for (int code = 0; code < sizes[field]; code++)
            if (fscanf(file, "%15s", labels[field][code]) != 1) fail(path);
    }
    if (fscanf(file, "%d %d", rules, predicates) != 2) fail(path);
    Predicate *read = calloc(*predicates, sizeof *read);
    for (int i = 0; i < *predicates; i++) {
        Predicate *p = read + i;
        char name[32];
        if (fscanf(file, "%d %31s %c %d", &p->rule, name, &p->operator, &p->count) != 4) fail(path);
        while (p->field < FIELDS && strcmp(name, names[p->field])) p->field++;
        if (p->field == FIELDS) fail(name);
        p->values = calloc(p->count, sizeof(double));
        for (int v = 0; v < p->count; v++)
            if (fscanf(file, "%lf", p->values + v) != 1) fail(path);
    }
    fclose(file);
    return read;
}

static int by_value(const void *a, const void *b) {
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

/* The sets of all fields: `sets[field] + code * words`. */
static uint64_t *sets[FIELDS];
static double *thresholds[FIELDS];
static int counts[FIELDS];
static int words;

static int accepts(const Predicate *p, double value) {
    switch (p->operator) {
    case 'g': return value >= p->values[0];
    case 'l': return value < p->values[0];
    default:
        for (int v = 0; v < p->count; v++)
            if (value == p->values[v]) return 1;
        return 0;
    }
}

static void build(const Predicate *all, int rules, int predicates) {
    words = (rules + 63) / 64;
    for (int field = 0; field < FIELDS; field++) {
        int codes;
        counts[field] = 0;
        if (field <= SEVERITY) {
            codes = sizes[field];
        } else {
            double *found = calloc(predicates + 1, sizeof(double));
            int count = 0, kept = 0;
            for (int i = 0; i < predicates; i++)
                if (all[i].field == field) found[count++] = all[i].values[0];
            qsort(found, count, sizeof(double), by_value);
            for (int i = 0; i < count; i++)
                if (!kept || found[kept - 1] != found[i]) found[kept++] = found[i];
            thresholds[field] = found;
            counts[field] = kept;
            codes = kept + 1;
        }
        size_t bytes = (size_t)codes * words * 8;
        sets[field] = allocate(bytes);
        memset(sets[field], 0xff, bytes);
    }
    for (int i = 0; i < predicates; i++) {
        const Predicate *p = all + i;
        int codes = p->field <= SEVERITY ? sizes[p->field] : counts[p->field] + 1;
        for (int code = 0; code < codes; code++) {
            /* Place 0 lies below all thresholds; place n holds the values from threshold n - 1 on. */
            double value = p->field <= SEVERITY ? code : code ? thresholds[p->field][code - 1] : -1e300;
            if (!accepts(p, value)) sets[p->field][(size_t)code * words + p->rule / 64] &= ~(1ULL << p->rule % 64);
        }
    }
    /* The bits behind the last rule. */
    if (rules % 64)
        for (int code = 0; code < sizes[KIND]; code++)
            sets[KIND][(size_t)(code + 1) * words - 1] &= (1ULL << rules % 64) - 1;
}

/* How many thresholds lie at or below the value; no branch that data could mislead. */
static inline unsigned place(int field, double value) {
    const double *base = thresholds[field];
    unsigned count = counts[field];
    if (!count) return 0;
    while (count > 1) {
        unsigned half = count / 2;
        base += base[half - 1] <= value ? half : 0;
        count -= half;
    }
    return (unsigned)(base - thresholds[field]) + (*base <= value);
}

static uint8_t *small[SEVERITY + 1];
static double *csat;
static int64_t *created;
static int32_t *arr;
static uint16_t *placed[FIELDS];

static inline int32_t first(const uint64_t *const s[FIELDS]) {
    for (int w = 0; w < words; w++) {
        uint64_t left = s[0][w] & s[1][w] & s[2][w] & s[3][w] & s[4][w] & s[5][w] & s[6][w] & s[7][w] & s[8][w] & s[9][w];
        if (left) return w * 64 + __builtin_ctzll(left);
    }
    return -1;
}

/* From codes and places. */
static void decide_placed(int rows, int32_t *matches) {
    for (int row = 0; row < rows; row++) {
        const uint64_t *s[FIELDS];
        for (int field = 0; field <= SEVERITY; field++) s[field] = sets[field] + (size_t)small[field][row] * words;
        for (int field = CSAT; field < FIELDS; field++) s[field] = sets[field] + (size_t)placed[field][row] * words;
        matches[row] = first(s);
    }
}

/* From codes and numbers as they are: a decision finds their places. */
static void decide_numbers(int rows, int32_t *matches) {
    for (int row = 0; row < rows; row++) {
        const uint64_t *s[FIELDS];
        for (int field = 0; field <= SEVERITY; field++) s[field] = sets[field] + (size_t)small[field][row] * words;
        s[CSAT] = sets[CSAT] + (size_t)place(CSAT, csat[row]) * words;
        s[CREATED] = sets[CREATED] + (size_t)place(CREATED, created[row]) * words;
        s[ARR] = sets[ARR] + (size_t)place(ARR, arr[row]) * words;
        matches[row] = first(s);
    }
}

static double best(void (*decide)(int, int32_t *), int rows, int rounds, int32_t *matches) {
    double best = 1e300;
    for (int round = 0; round < rounds; round++) {
        double start = now();
        decide(rows, matches);
        double time = now() - start;
        if (time < best) best = time;
    }
    return best;
}

/* MARK: from file to file */

/* Codes by name: open addressing over the eight bytes that end a name and its length. */
static struct { uint64_t key; int code; } codes[CODED][256];

static inline uint64_t key(const char *text, size_t length) {
    uint64_t bytes = 0;
    memcpy(&bytes, length > 8 ? text + length - 8 : text, length > 8 ? 8 : length);
    return bytes ^ length << 56;
}

static inline unsigned slot(uint64_t key) { return (unsigned)(key * 0x9e3779b97f4a7c15ULL >> 56); }

static void note_codes(void) {
    for (int field = 0; field < CODED; field++)
        for (int code = 0; code < sizes[field]; code++) {
            uint64_t k = key(labels[field][code], strlen(labels[field][code]));
            unsigned s = slot(k);
            while (codes[field][s].key) {
                if (codes[field][s].key == k) fail("two names with one key");
                s = (s + 1) % 256;
            }
            codes[field][s].key = k;
            codes[field][s].code = code;
        }
}

static inline int code_of(int field, const char *text, size_t length) {
    uint64_t k = key(text, length);
    for (unsigned s = slot(k); codes[field][s].key; s = (s + 1) % 256)
        if (codes[field][s].key == k) return codes[field][s].code;
    fail("a name that is no code");
    return 0;
}

static inline int64_t digits(const char *text, size_t length) {
    int64_t number = 0;
    for (size_t i = 0; i < length; i++) {
        if ((unsigned)(text[i] - '0') > 9) fail("no digit");
        number = number * 10 + (text[i] - '0');
    }
    return number;
}

/* Seconds since the epoch of `2026-06-02T01:30:44Z`. */
static inline int64_t instant(const char *t, size_t length) {
    if (length != 20) fail("no instant");
    int64_t y = digits(t, 4), m = digits(t + 5, 2), d = digits(t + 8, 2);
    y -= m <= 2;
    int64_t era = y / 400, yoe = y - era * 400, doy = (153 * (m > 2 ? m - 3 : m + 9) + 2) / 5 + d - 1;
    int64_t days = era * 146097 + yoe * 365 + yoe / 4 - yoe / 100 + doy - 719468;
    return days * 86400 + digits(t + 11, 2) * 3600 + digits(t + 14, 2) * 60 + digits(t + 17, 2);
}

static inline double decimal(const char *text, size_t length) {
    const char *point = memchr(text, '.', length);
    if (!point) return digits(text, length);
    double scale = 1;
    size_t after = text + length - point - 1;
    for (size_t i = 0; i < after; i++) scale *= 10;
    return (digits(text, point - text) * scale + digits(point + 1, after)) / scale;
}

static void whole(const char *tickets, const char *rules_path, const char *decisions) {
    int rules, predicates, in = open(tickets, O_RDONLY);
    Predicate *all = read_rules(rules_path, &rules, &predicates);
    build(all, rules, predicates);
    note_codes();
    struct stat info;
    if (in < 0 || fstat(in, &info)) fail(tickets);
    const char *p = mmap(0, info.st_size, PROT_READ, MAP_PRIVATE, in, 0);
    if (p == MAP_FAILED) fail(tickets);
    const char *end = p + info.st_size;
    FILE *out = fopen(decisions, "w");
    if (!out) fail(decisions);
    fputs("item,rule\n", out);
    /* The columns stand in the order of the fields, csat and created behind severity, as the workload writes them. */
    static const int fields[] = {KIND, PRODUCT, PRIORITY, TIER, CHANNEL, REGION, SEVERITY, CSAT, CREATED, ARR};
    p = (const char *)memchr(p, '\n', end - p) + 1;
    while (p < end) {
        const char *id = p, *comma = memchr(p, ',', end - p);
        if (!comma) fail("a line without cells");
        size_t id_length = comma - id;
        const uint64_t *s[FIELDS];
        for (int i = 0; i < FIELDS; i++) {
            const char *cell = comma + 1;
            comma = cell;
            while (comma < end && *comma != ',' && *comma != '\n') comma++;
            int field = fields[i];
            size_t length = comma - cell;
            unsigned code;
            if (field < CODED) code = code_of(field, cell, length);
            else if (field == SEVERITY) code = digits(cell, length);
            else code = place(field, field == CREATED ? (double)instant(cell, length) : decimal(cell, length));
            s[field] = sets[field] + (size_t)code * words;
        }
        p = comma + 1;
        int rule = first(s);
        fwrite(id, 1, id_length, out);
        if (rule < 0) fputs(",otherwise\n", out);
        else {
            char text[16] = ",r", reversed[12];
            int count = 0, length = 2;
            do reversed[count++] = '0' + rule % 10;
            while (rule /= 10);
            while (count) text[length++] = reversed[--count];
            text[length++] = '\n';
            fwrite(text, 1, length, out);
        }
    }
    if (fclose(out)) fail(decisions);
}

int main(int argc, char **argv) {
    if (argc == 4) {
        whole(argv[1], argv[2], argv[3]);
        return 0;
    }
    if (argc != 6) fail("usage: bitmap COLUMNS ROWS RULES ROUNDS MATCHES, or bitmap TICKETS.csv RULES DECISIONS.csv");
    int rows = atoi(argv[2]), rounds = atoi(argv[4]), rules, predicates;
    for (int field = 0; field <= SEVERITY; field++) small[field] = column(argv[1], names[field], rows);
    csat = column(argv[1], "csat", (size_t)rows * 8);
    created = column(argv[1], "created", (size_t)rows * 8);
    arr = column(argv[1], "arr", (size_t)rows * 4);
    Predicate *all = read_rules(argv[3], &rules, &predicates);

    double start = now();
    build(all, rules, predicates);
    double built = now() - start;
    for (int field = CSAT; field < FIELDS; field++) {
        placed[field] = allocate((size_t)rows * 2);
        if (counts[field] > UINT16_MAX) fail("too many thresholds");
        for (int row = 0; row < rows; row++)
            placed[field][row] =
                place(field, field == CSAT ? csat[row] : field == CREATED ? (double)created[row] : arr[row]);
    }
    int32_t *matches = allocate((size_t)rows * 4), *again = allocate((size_t)rows * 4);
    memset(matches, 0, (size_t)rows * 4);
    memset(again, 0, (size_t)rows * 4);
    double numbers = best(decide_numbers, rows, rounds, again);
    double places = best(decide_placed, rows, rounds, matches);
    if (memcmp(matches, again, (size_t)rows * 4)) fail("the two forms differ");

    FILE *file = fopen(argv[5], "wb");
    if (!file || fwrite(matches, 4, rows, file) != (size_t)rows || fclose(file)) fail(argv[5]);
    printf("{\"rows\": %d, \"ns\": %.3f, \"ns_numbers\": %.3f, \"prepare_s\": %.6f}\n", rows, places / rows * 1e9,
           numbers / rows * 1e9, built);
}
