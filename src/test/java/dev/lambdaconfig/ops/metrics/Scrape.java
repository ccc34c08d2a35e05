package dev.lambdaconfig.ops.metrics;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * An answer of {@code /metrics} in Prometheus's text format.
 *
 * @param help the help texts, by the family's name
 * @param types the types, by the family's name
 */
public record Scrape(Map<String, String> help, Map<String, String> types, List<Sample> samples) {

  private static final Pattern SAMPLE =
      Pattern.compile("([a-zA-Z_:][a-zA-Z0-9_:]*)(?:\\{(.*)})? (\\S+)");
  private static final Pattern LABEL = Pattern.compile("([a-zA-Z_]+)=\"((?:[^\"\\\\]|\\\\.)*)\"");

  /** One line. */
  public record Sample(String name, Map<String, String> labels, double value) {}

  /** Reads the text format. */
  public static Scrape of(String text) {
    Map<String, String> help = new TreeMap<>();
    Map<String, String> types = new TreeMap<>();
    List<Sample> samples = new ArrayList<>();
    for (String line : text.lines().toList()) {
      if (line.startsWith("# HELP ")) {
        String[] words = line.substring(7).split(" ", 2);
        help.put(words[0], words.length > 1 ? words[1] : "");
      } else if (line.startsWith("# TYPE ")) {
        String[] words = line.substring(7).split(" ", 2);
        types.put(words[0], words[1]);
      } else if (!line.startsWith("#") && !line.isBlank()) {
        samples.add(sample(line));
      }
    }
    return new Scrape(help, types, List.copyOf(samples));
  }

  private static Sample sample(String line) {
    Matcher matcher = SAMPLE.matcher(line);
    if (!matcher.matches()) {
      throw new IllegalArgumentException("no sample: " + line);
    }
    Map<String, String> labels = new TreeMap<>();
    Matcher label = LABEL.matcher(matcher.group(2) == null ? "" : matcher.group(2));
    while (label.find()) {
      labels.put(label.group(1), label.group(2));
    }
    String value = matcher.group(3).replace("+Inf", "Infinity").replace("-Inf", "-Infinity");
    return new Sample(matcher.group(1), labels, Double.parseDouble(value));
  }

  /** The names of all lines. */
  public Set<String> names() {
    return samples.stream().map(Sample::name).collect(Collectors.toCollection(TreeSet::new));
  }

  /** The names of our own families. */
  public Set<String> ownFamilies() {
    return types.keySet().stream()
        .filter(name -> name.startsWith("lambdaconfig_"))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** The lines of a name. */
  public List<Sample> all(String name) {
    return samples.stream().filter(sample -> sample.name().equals(name)).toList();
  }

  /** The sum of the lines of a name that have these labels, among others. */
  public double sum(String name, Map<String, String> labels) {
    return all(name).stream()
        .filter(sample -> sample.labels().entrySet().containsAll(labels.entrySet()))
        .mapToDouble(Sample::value)
        .sum();
  }

  /** The labels that the lines of a family have, but for a histogram's limits. */
  public Set<String> labels(String family) {
    return samples.stream()
        .filter(sample -> sample.name().equals(family) || isPartOf(sample.name(), family))
        .flatMap(sample -> sample.labels().keySet().stream())
        .filter(label -> !label.equals("le"))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static boolean isPartOf(String name, String family) {
    return name.startsWith(family)
        && Set.of("_count", "_sum", "_bucket").contains(name.substring(family.length()));
  }
}
