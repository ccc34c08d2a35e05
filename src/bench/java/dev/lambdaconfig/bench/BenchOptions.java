package dev.lambdaconfig.bench;

import dev.lambdaconfig.program.Flags;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The command line, as the profile {@code bench} of the pom writes it.
 *
 * @param basedir the project's folder
 * @param jar the packaged operator
 * @param settings the fleets, the smallest first
 * @param asked the scenarios that were named, or all where none was
 * @param named whether scenarios were named: then also those that take long
 * @param estate the fleet of the scenario {@code estate}
 * @param churn how long the scenario {@code churn} goes on
 * @param sweep the operator's {@code --sweep-interval}, or null for that of the fleet
 * @param operator more of the operator's options
 * @param jvm more of its JVM's options, which win over those that it is shipped with
 * @param rest the time after a change of all until memory counts as that at rest
 * @param results the folder for results that are not saved, and for logs
 * @param save whether the results go to {@code docs/benchmarks}
 * @param label the end of the names of the results, after the date; empty for none
 * @param data the folder for the data of the API server, or null for the usual one
 * @param before the jar of an earlier build to measure beside this one, or null
 * @param against the command of another operator to measure beside this one, or nothing
 * @param mapping how that operator's resource is written
 * @param crds CustomResourceDefinitions of that operator, besides those of the mapping
 */
record BenchOptions(
    Path basedir,
    Path jar,
    List<Setting> settings,
    Set<Scenario> asked,
    boolean named,
    Setting estate,
    Duration churn,
    @Nullable Duration sweep,
    List<String> operator,
    List<String> jvm,
    Duration rest,
    Path results,
    boolean save,
    String label,
    @Nullable Path data,
    @Nullable Path before,
    List<String> against,
    Path mapping,
    List<Path> crds) {

  private static final Set<String> FLAGS =
      Set.of(
          "basedir",
          "jar",
          "n",
          "rates",
          "scenarios",
          "estate",
          "accounts",
          "roles",
          "churn",
          "sweep",
          "operator",
          "jvm",
          "rest",
          "results",
          "save",
          "label",
          "data",
          "before",
          "against",
          "mapping",
          "crds");

  private static final String MAPPINGS = "src/bench/mappings";

  private static final String USUAL = "usual";

  /** That of an operator that is told none. */
  private static final Duration DEFAULT_INTERVAL = Duration.ofMinutes(1);

  /** To save time. */
  private static final Duration SHORT_INTERVAL = Duration.ofSeconds(10);

  /** Scenarios without a fleet, or with one of their own. */
  private static final Set<Scenario> APART =
      EnumSet.of(Scenario.PLAN, Scenario.ESTATE, Scenario.SECRETS, Scenario.ROTATION);

  /** Scenarios that run only where they are named. */
  private static final Set<Scenario> NAMED =
      EnumSet.of(
          Scenario.ADOPT, Scenario.CHURN, Scenario.ESTATE, Scenario.SECRETS, Scenario.ROTATION);

  static BenchOptions parse(String... arguments) {
    Flags flags = Flags.parse(FLAGS, arguments);
    List<Setting> settings = new ArrayList<>();
    for (int functions : numbers("n", flags.text("n", "100,1000"), 1, 50_000)) {
      for (int rate : numbers("rates", flags.text("rates", "0,15"), 0, 10_000)) {
        settings.add(new Setting(functions, rate));
      }
    }
    String scenarios = flags.text("scenarios", USUAL);
    Path basedir = flags.basedir();
    return new BenchOptions(
        basedir,
        basedir.resolve(flags.text("jar", "target/lambda-config-operator.jar")),
        List.copyOf(settings),
        scenarios(scenarios),
        !scenarios.equals(USUAL),
        estate(flags),
        duration("churn", flags.text("churn", "5m")),
        sweep(flags.text("sweep", "")),
        words(flags.text("operator", "")),
        words(flags.text("jvm", "")),
        duration("rest", flags.text("rest", "30s")),
        basedir.resolve(flags.text("results", "target/benchmarks")),
        flags.isOn("save"),
        label(flags.text("label", "")),
        path(basedir, flags.text("data", "")),
        path(basedir, flags.text("before", "")),
        words(flags.text("against", "")),
        mapping(basedir, flags.text("mapping", "")),
        Stream.of(flags.text("crds", "").split(",", -1))
            .filter(name -> !name.isBlank())
            .map(name -> basedir.resolve(name.strip()))
            .toList());
  }

  private static String label(String text) {
    if (!text.matches("[a-z0-9-]{0,30}")) {
      throw new IllegalArgumentException(
          "bench.label is '" + text + "': write lower-case letters, digits and hyphens");
    }
    return text;
  }

  private static @Nullable Path path(Path basedir, String name) {
    return name.isBlank() ? null : basedir.resolve(name.strip());
  }

  private static Path mapping(Path basedir, String name) {
    return basedir.resolve(name.isBlank() ? MAPPINGS + "/ack-lambda-controller.yaml" : name);
  }

  /** The folder with the mappings of known operators. */
  Path mappings() {
    return basedir.resolve(MAPPINGS);
  }

  private static Setting estate(Flags flags) {
    int functions = numbers("estate", flags.text("estate", "100000"), 1, 200_000).getFirst();
    int accounts = numbers("accounts", flags.text("accounts", "20"), 1, 100).getFirst();
    String roles = flags.text("roles", "true");
    if (!roles.equals("true") && !roles.equals("false")) {
      throw new IllegalArgumentException("bench.roles is '" + roles + "': write true or false");
    }
    return new Setting(
        functions,
        Setting.QUOTA,
        new Estate(accounts, Estate.MOST_REGIONS, Boolean.parseBoolean(roles)));
  }

  private static @Nullable Duration sweep(String text) {
    return text.isBlank() ? null : duration("sweep", text);
  }

  /** The operator's {@code --sweep-interval} for a fleet. */
  Duration interval(Setting setting) {
    if (sweep != null) {
      return sweep;
    }
    return setting.estate().roles() ? DEFAULT_INTERVAL : SHORT_INTERVAL;
  }

  /** Whether scenarios of the usual fleets are asked for. */
  boolean wantsFleets() {
    return asked.stream().anyMatch(scenario -> !APART.contains(scenario));
  }

  /** Whether to measure that on this fleet. */
  boolean wants(Scenario scenario, Setting setting) {
    boolean changesAll = scenario == Scenario.CONVERGE || scenario == Scenario.CHANGE;
    return asked.contains(scenario) && (named || !changesAll || setting.canChangeAll());
  }

  /** The properties of the Maven command that come to these options. */
  String asProperties() {
    StringBuilder text = new StringBuilder();
    text.append(" -Dbench.n=").append(joined(settings.stream().map(Setting::functions)));
    text.append(" -Dbench.rates=").append(joined(settings.stream().map(Setting::rate)));
    if (named) {
      text.append(" -Dbench.scenarios=").append(joined(asked.stream().map(Scenario::word)));
    }
    if (asked.contains(Scenario.CHURN)) {
      text.append(" -Dbench.churn=").append(churn.toSeconds()).append('s');
    }
    if (asked.contains(Scenario.ESTATE)) {
      text.append(" -Dbench.estate=").append(estate.functions());
      text.append(" -Dbench.accounts=").append(estate.estate().accounts());
      text.append(" -Dbench.roles=").append(estate.estate().roles());
    }
    if (sweep != null) {
      text.append(" -Dbench.sweep=").append(sweep.toSeconds()).append('s');
    }
    if (rest.toSeconds() != 30) {
      text.append(" -Dbench.rest=").append(rest.toSeconds()).append('s');
    }
    if (!operator.isEmpty()) {
      text.append(" \"-Dbench.operator=").append(String.join(" ", operator)).append('"');
    }
    if (!jvm.isEmpty()) {
      text.append(" \"-Dbench.jvm=").append(String.join(" ", jvm)).append('"');
    }
    if (data != null) {
      text.append(" -Dbench.data=").append(data);
    }
    if (before != null) {
      text.append(" -Dbench.before=").append(before.getFileName());
    }
    if (!against.isEmpty()) {
      // Without folders: where somebody keeps a program is of no interest to others.
      text.append(" -Dbench.against=").append(Path.of(against.getFirst()).getFileName());
      text.append(" -Dbench.mapping=").append(basedir.relativize(mapping));
      if (!crds.isEmpty()) {
        text.append(" -Dbench.crds=...");
      }
    }
    if (!label.isEmpty()) {
      text.append(" -Dbench.label=").append(label);
    }
    return text.append(save ? " -Dbench.save" : "").toString();
  }

  private static String joined(Stream<?> values) {
    return values.distinct().map(String::valueOf).collect(Collectors.joining(","));
  }

  private static List<Integer> numbers(String name, String text, int least, int most) {
    List<Integer> numbers = new ArrayList<>();
    for (String word : text.split(",", -1)) {
      int number;
      try {
        number = Integer.parseInt(word.strip());
      } catch (NumberFormatException e) {
        throw new IllegalArgumentException("bench." + name + " is '" + text + "': write 100,1000");
      }
      if (number < least || number > most) {
        throw new IllegalArgumentException(
            "bench." + name + " is '" + text + "': each must be " + least + " to " + most);
      }
      numbers.add(number);
    }
    return numbers;
  }

  private static Set<Scenario> scenarios(String text) {
    if (text.equals(USUAL)) {
      return EnumSet.complementOf(EnumSet.copyOf(NAMED));
    }
    Set<Scenario> scenarios = EnumSet.noneOf(Scenario.class);
    for (String word : text.split(",", -1)) {
      scenarios.add(
          Stream.of(Scenario.values())
              .filter(scenario -> scenario.word().equals(word.strip()))
              .findFirst()
              .orElseThrow(
                  () ->
                      new IllegalArgumentException(
                          "bench.scenarios is '"
                              + text
                              + "': write "
                              + USUAL
                              + ", or some of "
                              + Stream.of(Scenario.values()).map(Scenario::word).toList())));
    }
    return scenarios;
  }

  private static Duration duration(String name, String text) {
    if (!text.matches("[1-9][0-9]{0,4}[sm]")) {
      throw new IllegalArgumentException("bench." + name + " is '" + text + "': write 10s or 1m");
    }
    return Duration.parse("PT" + text);
  }

  private static List<String> words(String text) {
    return Stream.of(text.strip().split("\\s+")).filter(word -> !word.isEmpty()).toList();
  }
}
