package dev.lambdaconfig.bench;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lambdaconfig.cluster.Source;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;

/** What values from Secrets take: memory for those of others, and time for one that is shared. */
final class ValueScenarios {

  private static final ObjectMapper JSON = new ObjectMapper();

  /** The fleet whose memory is measured beside Secrets of others. */
  static final Setting BESIDE_OTHERS = new Setting(100, 0);

  /** The fleet that shares one Secret. */
  static final Setting SHARING = new Setting(500, 15);

  private static final int TIMEOUT = 30;
  private static final int OTHERS = 10_000;
  private static final int OTHER_BYTES = 10_000;
  private static final Duration REST = Duration.ofMinutes(1);
  private static final String SHARED = "shared";

  private final Fleet fleet;
  private final FleetMeter meter;
  private final FleetScenarios.Results results;

  private ValueScenarios(Fleet fleet, FleetScenarios.Results results) {
    this.fleet = fleet;
    this.meter = new FleetMeter(fleet);
    this.results = results;
  }

  /** Measures the memory at rest without and with Secrets that no resource refers to. */
  static void runSecrets(
      Setting setting,
      Candidate candidate,
      BenchOptions options,
      Source source,
      FleetScenarios.Results results)
      throws IOException, InterruptedException {
    try (Fleet fleet = new Fleet(setting, candidate, options, source, TIMEOUT)) {
      results.apiServer(fleet.apiServer());
      new ValueScenarios(fleet, results).secrets();
    }
  }

  /** Measures a rotation of a Secret that all functions of a fleet share. */
  static void runRotation(
      Setting setting,
      Candidate candidate,
      BenchOptions options,
      Source source,
      FleetScenarios.Results results)
      throws IOException, InterruptedException {
    try (Fleet fleet = new Fleet(setting, candidate, options, source, TIMEOUT)) {
      results.apiServer(fleet.apiServer());
      new ValueScenarios(fleet, results).rotation();
    }
  }

  private void secrets() throws IOException, InterruptedException {
    adopt();
    long without = restAfterRestart("none of others");
    List<String> others = IntStream.range(0, OTHERS).mapToObj(number -> "other-" + number).toList();
    fleet.client().createSecrets(others, name -> secret(name, "x".repeat(OTHER_BYTES)));
    long with = restAfterRestart(Words.count(OTHERS) + " of others");
    results.measured(
        meter.measure(
            Scenario.SECRETS,
            Scenario.SECRETS.title() + ", difference",
            findings ->
                findings.note(
                    "resident and no file's: "
                        + Words.megabytes(without)
                        + " without, "
                        + Words.megabytes(with)
                        + " with")));
  }

  /** The memory of a new process, in bytes, once it has seen all there is and is at rest. */
  private long restAfterRestart(String variant) throws IOException, InterruptedException {
    var unusedTime = fleet.operator().terminate();
    var unused = fleet.runs().start().awaitRunning();
    results.measured(
        meter.measure(
            Scenario.SECRETS,
            Scenario.SECRETS.title() + ", " + variant,
            findings -> fleet.operator().live(REST)));
    return ProcessUsage.of(fleet.operator().handle()).own();
  }

  private void rotation() throws IOException, InterruptedException {
    adopt();
    results.measured(
        meter.measure(
            Scenario.ROTATION,
            Scenario.ROTATION.title(),
            findings -> {
              Goal noticed = fleet.client().watch().goal(fleet.names(), seen -> !seen.isReady());
              Goal settled =
                  fleet
                      .client()
                      .watch()
                      .goal(
                          fleet.names(),
                          seen -> seen.isReady() && noticed.isReachedBy(seen.name()));
              Instant start = Instant.now();
              fleet.client().patchSecret(SHARED, "{\"stringData\": {\"password\": \"second\"}}");
              fleet.await(settled);
              fleet.client().watch().forget(noticed);
              fleet.client().watch().forget(settled);
              findings.took("all settled", Duration.between(start, settled.last()));
              long updates = fleet.aws().calls().of("UpdateFunctionConfiguration").requests();
              findings.note(Words.count(updates) + " updates sent");
            }));
  }

  /** Creates the resources, each with a variable from the same Secret. */
  private void adopt() throws IOException, InterruptedException {
    fleet.client().createSecrets(List.of(SHARED), name -> secret(name, "first"));
    var unused = fleet.runs().start().awaitRunning();
    Goal ready = fleet.client().watch().goal(fleet.names(), Seen::isReady);
    fleet.client().create(fleet.names(), this::manifest);
    fleet.await(ready);
    fleet.client().watch().forget(ready);
  }

  private String manifest(String name) {
    try {
      ObjectNode resource = (ObjectNode) JSON.readTree(fleet.manifest(name, TIMEOUT));
      ObjectNode variable = resource.withArray("/spec/environment/valuesFrom").addObject();
      variable.put("name", "PASSWORD");
      variable.putObject("secretKeyRef").put("name", SHARED).put("key", "password");
      return resource.toString();
    } catch (JsonProcessingException e) {
      throw new BenchmarkFailed(e.getOriginalMessage());
    }
  }

  private static String secret(String name, String value) {
    return """
    {"apiVersion": "v1", "kind": "Secret", "metadata": {"name": "%s"},
     "stringData": {"password": "%s"}}
    """
        .formatted(name, value);
  }
}
