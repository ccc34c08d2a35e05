package dev.lambdaconfig.bench;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Requests to the API server, by resource and verb, such as {@code lambdafunctionconfigs/status
 * APPLY}. Watches are not among them: the server counts one when it ends.
 *
 * @param plural the operator's resources; the others that count are Events
 */
record ApiRequests(String plural, Map<String, Long> counts) {

  private static final String EVENTS = "events";
  private static final Set<String> READS = Set.of("GET", "LIST");
  private static final Set<String> WATCHES = Set.of("WATCH", "WATCHLIST");

  private static final Pattern SAMPLE =
      Pattern.compile("^apiserver_request_total\\{(.*)} ([0-9.e+]+)$", Pattern.MULTILINE);
  private static final Pattern LABEL = Pattern.compile("(\\w+)=\"([^\"]*)\"");

  private static final Pattern RESOURCE =
      Pattern.compile("/namespaces/[^/]+/([^/]+)(?:/([^/]+))?(?:/([^/]+))?$");

  ApiRequests {
    counts = Map.copyOf(counts);
  }

  /** From the server's {@code /metrics}. */
  static ApiRequests read(String plural, String metrics) {
    Map<String, Long> counts = new TreeMap<>();
    Matcher sample = SAMPLE.matcher(metrics);
    while (sample.find()) {
      Map<String, String> labels = new TreeMap<>();
      Matcher label = LABEL.matcher(sample.group(1));
      while (label.find()) {
        labels.put(label.group(1), label.group(2));
      }
      String resource = labels.getOrDefault("resource", "");
      String verb = labels.getOrDefault("verb", "");
      if ((resource.equals(plural) || resource.equals(EVENTS)) && !WATCHES.contains(verb)) {
        counts.merge(
            key(resource, labels.getOrDefault("subresource", ""), verb),
            (long) Double.parseDouble(sample.group(2)),
            Long::sum);
      }
    }
    return new ApiRequests(plural, counts);
  }

  /** The key of one request, or an empty text where it is none of those that are counted. */
  static String keyOf(String plural, String method, String path, String query) {
    Matcher found = RESOURCE.matcher(path);
    if (!found.find()
        || !(found.group(1).equals(plural) || found.group(1).equals(EVENTS))
        || query.contains("watch=true")) {
      return "";
    }
    boolean all = found.group(2) == null;
    String subresource = found.group(3) == null ? "" : found.group(3);
    return key(found.group(1), subresource, all && method.equals("GET") ? "LIST" : method);
  }

  private static String key(String resource, String subresource, String verb) {
    return resource + (subresource.isEmpty() ? "" : "/" + subresource) + " " + verb;
  }

  ApiRequests minus(ApiRequests others) {
    Map<String, Long> difference = new TreeMap<>();
    counts.forEach(
        (key, count) -> {
          long rest = count - others.counts.getOrDefault(key, 0L);
          if (rest != 0) {
            difference.put(key, rest);
          }
        });
    return new ApiRequests(plural, difference);
  }

  /** None at all. */
  ApiRequests none() {
    return new ApiRequests(plural, Map.of());
  }

  /** Whatever changes a resource, its status included. */
  long resourceWrites() {
    return sum(plural, false);
  }

  long resourceReads() {
    return sum(plural, true);
  }

  long eventWrites() {
    return sum(EVENTS, false);
  }

  private long sum(String resource, boolean reads) {
    return counts.entrySet().stream()
        .filter(entry -> entry.getKey().startsWith(resource))
        .filter(
            entry ->
                READS.contains(entry.getKey().substring(entry.getKey().indexOf(' ') + 1)) == reads)
        .mapToLong(Map.Entry::getValue)
        .sum();
  }
}
