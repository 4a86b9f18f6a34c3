/* First match by bitsets, written by hand: the limit that routing is held against.

   cc -O2 -o bitmap bench/bitmap.c && bitmap COLUMNS ROWS RULES ROUNDS MATCHES

   A field has a table from the code of a value, or its place among the thresholds of a number, to the set of the rules that
   this value does not exclude. A decision is the AND of one set a field, word by word; the first bit left is the first match.

   RULES is text: the number of rules, then lines `RULE FIELD OPERATOR COUNT VALUE …`. MATCHES receives the first match of
   every row as int32, -1 where there is none. Standard output is one JSON object. */

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { KIND, PRODUCT, PRIORITY, TIER, CHANNEL, REGION, CODED, SEVERITY = CODED, CSAT, CREATED, ARR, FIELDS };

static const char *const names[FIELDS] = {
    "kind", "product", "priority", "tier", "channel", "region", "severity", "csat", "created", "arr"};
/* How many values a coded field has; severity is 1 to 5, which serves as a code. */
static const int sizes[CODED + 1] = {4, 40, 4, 4, 4, 12, 6};

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

static double now(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
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
    if (!file || fscanf(file, "%d %d", rules, predicates) != 2) fail(path);
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

int main(int argc, char **argv) {
    if (argc != 6) fail("usage: bitmap COLUMNS ROWS RULES ROUNDS MATCHES");
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
