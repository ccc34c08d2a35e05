package dev.lambdaconfig.feature;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.lambdaconfig.cli.options.RunOptions;
import dev.lambdaconfig.deploy.ChartRights;
import dev.lambdaconfig.hostile.HostileAws;
import dev.lambdaconfig.hostile.HostileCases;
import dev.lambdaconfig.simulator.FunctionSeed;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/**
 * Whatever manifests say, in a cluster whose schema lets everything in, and whatever Lambda and STS
 * answer: each status is accepted by the API server, the functions of others are in sync meanwhile,
 * and nothing is kept.
 */
final class HostileInputIT {

  /** Upper bound of what takes longer the more cases there are. */
  private static final Duration ALL_CASES = Duration.ofMinutes(20);

  private static final List<String> ANSWERED =
      List.of("answered-0", "answered-1", "answered-2", "answered-3", "answered-4", "answered-5");

  @RegisterExtension
  final OperatorExtension operator =
      OperatorExtension.sweepingEverySecond()
          .startedByTest()
          .withSeparateApiServer()
          .granting(ChartRights.Feature.RESTORE, ChartRights.Feature.VALUES);

  private final ResourceClient resources = operator.resources();
  private final Tenants tenants = new Tenants(operator);
  private final StatusAnswers statuses = new StatusAnswers();
  private final ListAppender<ILoggingEvent> log = new ListAppender<>();
  private final Logger logger = (Logger) LoggerFactory.getLogger("dev.lambdaconfig");

  @BeforeEach
  void prepare(@TempDir Path folder) throws Exception {
    operator.server().applyCrd(LaxSchema.write(folder));
    tenants.createProvider(Tenants.ACCOUNT);
    tenants.serviceAccount("writer", tenants.role("lambda-writer", "*"));
    log.start();
    logger.addAppender(log);
  }

  @AfterEach
  void endRecord() {
    logger.detachAppender(log);
  }

  @Test
  void eachManifestHasAStatusAndTheFunctionsOfOthersAreInSyncMeanwhile() throws Exception {
    // Given: half of them are there before the operator is, with statuses that it seems to have
    // written
    HostileCases cases = HostileCases.of("manifests through the API server", 10);
    HostileFleet fleet = new HostileFleet(operator, cases);
    HealthyTenant healthy = HealthyTenant.create(operator);
    fleet.create(0, cases.count() / 2);
    start(operator.aws().endpoint());
    healthy.changeAndAwaitReady();
    fleet.awaitStatuses(statuses);
    Map<String, Long> before = DebugSizes.of(operator);

    // When
    for (int from = cases.count() / 2; from < cases.count(); from += 10) {
      fleet.create(from, Math.min(cases.count(), from + 10));
      healthy.changeAndAwaitReady();
    }
    fleet.awaitStatuses(statuses);

    // Then
    healthy.changeAndAwaitReady();
    fleet.countReasons();
    cases.print();
    healthy.printLongestTime();
    fleet.deleteAll();
    healthy.changeAndAwaitReady();
    awaitNotMoreThan(before);
    requireNoErrors();
  }

  @Test
  void eachAnswerIsReadOrReportedAndTheFunctionsOfOthersAreInSyncMeanwhile() throws Exception {
    // Given
    HostileCases cases = HostileCases.of("answers through the API server", 5);
    HealthyTenant healthy = HealthyTenant.create(operator);
    ANSWERED.forEach(name -> operator.aws().createFunction(FunctionSeed.zip(name)));
    operator
        .aws()
        .region(Tenants.ACCOUNT, "eu-west-1")
        .createFunction(FunctionSeed.zip("answered"));
    try (HostileAws aws = new HostileAws(operator.aws().endpoint(), cases)) {
      start(aws.endpoint());
      healthy.changeAndAwaitReady();
      declare(10);
      answered().forEach(resources::awaitReady);
      Map<String, Long> before = DebugSizes.of(operator);

      // When
      aws.answerWrongly(
          call ->
              call.startsWith("POST / ") || HostileAws.isList(call) || call.contains("answered"));
      askUntilAllAreGiven(aws, cases, healthy);

      // Then
      ask("at last");
      declare(11);
      answered().forEach(resources::awaitReady);
      healthy.changeAndAwaitReady();
      cases.print();
      healthy.printLongestTime();
      awaitNotMoreThan(before);
      requireNoErrors();
    }
  }

  @Test
  void aStatusRepeatsCharactersThatAreNoYaml() throws Exception {
    // Given: controls, line breaks of YAML, marks, and what is no character
    String token = "a\u007f\u0080b\u0085c\u009f\u2028d\u2029e\ufefff\ufffe\uffff\ud83d\ude00g";
    start(operator.aws().endpoint());
    operator.givenInSync("orders", "timeout: 30");

    // When
    resources.requestReconcile("orders", token);

    // Then
    resources.awaitHandled("orders", token);
    assertThat(statuses.refused()).isEmpty();
  }

  private void start(URI endpoint) throws Exception {
    operator.start(
        setup ->
            setup
                .withAwsEndpoint(endpoint)
                .withInterceptor(statuses)
                .withOptions(
                    new RunOptions(Duration.ofSeconds(1), 0, Set.of(), false)
                        .withOperatorNamespace(operator.operatorNamespace())
                        .withRestoreTimeout(Duration.ofSeconds(5))
                        .withAwsMaxRequestsPerSecond(1000)
                        .withDebugPort()));
  }

  private static List<String> answered() {
    return Stream.concat(ANSWERED.stream(), Stream.of("answered")).toList();
  }

  private void declare(int timeout) {
    ANSWERED.forEach(
        name -> resources.apply(name, "functionName: " + name + "\ntimeout: " + timeout));
    resources.apply(
        "answered", "functionName: answered\nserviceAccountName: writer\ntimeout: " + timeout);
  }

  /** Asks for a reconcile of each, with a session of STS that is new. */
  private void ask(String token) {
    tenants.annotate("writer", "asked", token);
    answered().forEach(name -> resources.requestReconcile(name, token));
  }

  private void askUntilAllAreGiven(HostileAws aws, HostileCases cases, HealthyTenant healthy) {
    int[] rounds = new int[1];
    Awaitility.await("all answers to be given")
        .atMost(ALL_CASES)
        .until(
            () -> {
              int round = rounds[0]++;
              ask("round " + round);
              if (round % 10 == 0) {
                declare(20 + round % 100);
                healthy.changeAndAwaitReady();
              }
              return aws.given() >= cases.count();
            });
  }

  private void awaitNotMoreThan(Map<String, Long> before) {
    Awaitility.await("what was kept for them to be released")
        .atMost(Fleet.PATIENCE)
        .untilAsserted(
            () ->
                assertThat(DebugSizes.of(operator))
                    .allSatisfy(
                        (name, size) ->
                            assertThat(size)
                                .as(name)
                                .isLessThanOrEqualTo(before.getOrDefault(name, 0L))));
  }

  private void requireNoErrors() {
    assertThat(statuses.refused()).isEmpty();
    assertThat(List.copyOf(log.list))
        .filteredOn(line -> line.getLevel().isGreaterOrEqual(Level.ERROR))
        .extracting(ILoggingEvent::getFormattedMessage)
        .isEmpty();
  }
}
