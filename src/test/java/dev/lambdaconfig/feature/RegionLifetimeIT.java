package dev.lambdaconfig.feature;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdaconfig.ops.metrics.Scrape;
import dev.lambdaconfig.simulator.FunctionSeed;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The clients, sweeps and metrics of a Region live as long as a resource uses the Region. */
final class RegionLifetimeIT {

  /** More Regions than AWS has, and more than there are labels. */
  private static final int REGIONS = 64;

  @RegisterExtension
  final OperatorExtension operator = OperatorExtension.sweepingEverySecond().startedByTest();

  private final ResourceClient resources = operator.resources();

  private static String region(int number) {
    return "zz-a%c%c-1".formatted('a' + number / 26, 'a' + number % 26);
  }

  private static Set<String> regions() {
    return IntStream.range(0, REGIONS)
        .mapToObj(RegionLifetimeIT::region)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  @Test
  void whatIsKeptForARegionGoesWithItsLastResource() throws Exception {
    // Given: two functions in each, so that they are listed
    operator.start(operator.options().withRegions(regions()));
    Fleet here = Fleet.of(operator, 1, seed -> seed);
    here.apply("timeout: 30");
    here.awaitReady();
    Set<String> before = shown();
    long threads = AwsThreads.count();
    List<String> names =
        IntStream.range(0, 2 * REGIONS).mapToObj(i -> "far-%03d".formatted(i)).toList();
    names.forEach(name -> operator.aws().region(of(names, name)).createFunction(seed(name)));
    Fleet far = here.named(names);

    // When
    far.apply(name -> "region: %s\ntimeout: 30".formatted(of(names, name)));

    // Then
    far.awaitReady();
    assertThat(operator.clients().regions()).containsAll(regions());
    assertThat(AwsThreads.count()).as("threads of the AWS SDK").isLessThanOrEqualTo(threads + 1);
    assertThat(shown()).hasSize(61);

    // When
    far.each(name -> resources.resource(name).delete());

    // Then
    Awaitility.await()
        .atMost(Fleet.PATIENCE)
        .pollInterval(Duration.ofMillis(500))
        .untilAsserted(
            () -> {
              assertThat(operator.clients().regions()).containsExactly("eu-west-1");
              assertThat(shown()).isEqualTo(before);
            });
    assertThat(AwsThreads.count()).isLessThanOrEqualTo(threads + 1);
    operator.aws().requests().clear();
    operator.aws().changeBehindTheBack(here.names().getFirst(), "{\"Timeout\": 7}");
    Awaitility.await()
        .atMost(Fleet.PATIENCE)
        .until(() -> operator.aws().function(here.names().getFirst()).get("Timeout").asInt() == 30);
    assertThat(operator.aws().requests().where(request -> !request.region().equals("eu-west-1")))
        .as("nothing is listed or read where nobody is left")
        .isEmpty();

    // When
    here.named(names.subList(0, 2)).apply("region: %s\ntimeout: 31".formatted(region(0)));

    // Then
    here.named(names.subList(0, 2)).awaitReady();
    assertThat(operator.aws().region(region(0)).function(names.getFirst()).get("Timeout").asInt())
        .isEqualTo(31);
    assertThat(operator.clients().regions()).containsExactlyInAnyOrder("eu-west-1", region(0));
  }

  @Test
  void aResourceThatGoesDuringItsCallLeavesNothingBehind() throws Exception {
    // Given
    operator.start();
    operator.aws().region("us-east-1").createFunction(seed("far"));
    var hanging = operator.aws().faults().onAnything().in("us-east-1").always().thenHang();
    resources.apply("far", "functionName: far\nregion: us-east-1\ntimeout: 30");
    Awaitility.await("a call that hangs").atMost(Fleet.PATIENCE).until(() -> hanging.hits() > 0);

    // When
    resources.resource("far").delete();
    resources.awaitGone("far");
    hanging.cancel();
    operator.aws().faults().release();

    // Then
    awaitNothingOf("us-east-1");
  }

  @Test
  void aResourceThatIsMadeAnewDuringItsCallLeavesNothingBehind() throws Exception {
    // Given
    operator.start();
    operator.aws().createFunction(seed("orders"));
    operator.aws().region("us-east-1").createFunction(seed("far"));
    var hanging = operator.aws().faults().onAnything().in("us-east-1").always().thenHang();
    resources.apply("one", "functionName: far\nregion: us-east-1\ntimeout: 30");
    Awaitility.await("a call that hangs").atMost(Fleet.PATIENCE).until(() -> hanging.hits() > 0);

    // When
    resources.resource("one").delete();
    resources.awaitGone("one");
    resources.apply("one", "functionName: orders\ntimeout: 30");
    hanging.cancel();
    operator.aws().faults().release();

    // Then
    resources.awaitReady("one");
    awaitNothingOf("us-east-1");
  }

  @Test
  void aSuspendedResourceUsesNoRegionAndAResumedOneDoesAgain() throws Exception {
    // Given
    operator.start();
    operator.aws().region("us-east-1").createFunction(seed("far"));
    resources.apply("far", "functionName: far\nregion: us-east-1\ntimeout: 30");
    resources.awaitReady("far");

    // When
    resources.apply("far", "functionName: far\nregion: us-east-1\ntimeout: 31\nsuspend: true");

    // Then
    Awaitility.await()
        .atMost(Fleet.PATIENCE)
        .untilAsserted(() -> assertThat(operator.clients().regions()).doesNotContain("us-east-1"));

    // When
    resources.apply("far", "functionName: far\nregion: us-east-1\ntimeout: 31");

    // Then
    resources.awaitReady("far");
    assertThat(operator.aws().region("us-east-1").function("far").get("Timeout").asInt())
        .isEqualTo(31);
  }

  private void awaitNothingOf(String region) {
    Awaitility.await()
        .atMost(Fleet.PATIENCE)
        .pollInterval(Duration.ofMillis(500))
        .untilAsserted(
            () -> {
              assertThat(operator.clients().regions()).doesNotContain(region);
              assertThat(shown()).doesNotContain(region);
            });
  }

  private static FunctionSeed seed(String name) {
    return FunctionSeed.zip(name);
  }

  /** Two in each. */
  private static String of(List<String> names, String name) {
    return region(names.indexOf(name) / 2);
  }

  /** The Regions that the metrics show anything of. */
  private Set<String> shown() throws Exception {
    Scrape scrape = operator.scrape();
    return scrape.samples().stream()
        .map(sample -> sample.labels().get("region"))
        .filter(Objects::nonNull)
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
