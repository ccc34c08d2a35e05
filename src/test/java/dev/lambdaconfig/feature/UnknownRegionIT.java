package dev.lambdaconfig.feature;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdaconfig.api.LambdaFunctionConfig;
import dev.lambdaconfig.api.StatusCondition;
import dev.lambdaconfig.simulator.FunctionSeed;
import dev.lambdaconfig.status.Conditions;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A Region that nobody knows costs nothing, and its resource says what to write instead. */
final class UnknownRegionIT {

  private static final String UNKNOWN = "UnknownRegion";

  @RegisterExtension final Stage stage = Stage.watchful();

  @Test
  void aTypoIsStalledWithTheNearestNameAndWithoutACall() {
    // When
    stage.apply("orders", "functionName: orders\nregion: eu-west-9\ntimeout: 30");

    // Then
    stage.awaitStalled("orders", UNKNOWN);
    StatusCondition stalled = stage.condition("orders", Conditions.STALLED);
    assertThat(stalled.message()).contains("eu-west-9", "Did you mean eu-west-1?", "--regions");
    assertThat(stage.condition("orders", Conditions.READY).status()).isEqualTo("False");
    assertThat(stage.aws().requests().all()).isEmpty();
  }

  @Test
  void theRegionOfAnArnIsNoOtherWay() {
    // When
    stage.apply(
        "orders",
        "functionName: arn:aws:lambda:zz-aaa-1:123456789012:function:orders\ntimeout: 30");

    // Then
    stage.awaitStalled("orders", UNKNOWN);
    assertThat(stage.condition("orders", Conditions.STALLED).message())
        .doesNotContain("Did you mean");
    assertThat(stage.aws().requests().all()).isEmpty();
  }

  @Test
  void aRegionOfTheRegionsOptionIsKnownAndOthersAreNot() throws Exception {
    // Given
    stage.stopOperator();
    stage.aws().region("zz-new-1").createFunction(FunctionSeed.zip("orders"));
    stage.startOperator(stage.options().withRegions(Set.of("zz-new-1")));

    // When
    stage.apply("new", "functionName: orders\nregion: zz-new-1\ntimeout: 30");
    stage.apply("elsewhere", "functionName: orders\nregion: us-east-1\ntimeout: 30");

    // Then
    stage.awaitReady("new");
    stage.awaitStalled("elsewhere", UNKNOWN);
    assertThat(stage.aws().region("zz-new-1").function("orders").get("Timeout").asInt())
        .isEqualTo(30);
    assertThat(stage.aws().requests().where(request -> request.region().equals("us-east-1")))
        .isEmpty();
  }

  @Test
  void threeHundredInventedRegionsMakeNoThreadAndNoLabel() throws Exception {
    // Given
    Fleet here = Fleet.of(stage, 1, seed -> seed);
    here.apply("timeout: 30");
    here.awaitReady();
    long threads = awsThreads();
    List<String> names =
        IntStream.range(0, 300).mapToObj(i -> "invented-%03d".formatted(i)).toList();
    Fleet invented = here.named(names);

    // When
    invented.apply(name -> "region: %s\ntimeout: 30".formatted(region(names.indexOf(name))));

    // Then
    invented.await("to be Stalled", UnknownRegionIT::isUnknown);
    assertThat(awsThreads()).isLessThanOrEqualTo(threads);
    assertThat(
            stage.scrape().samples().stream()
                .map(sample -> sample.labels().get("region"))
                .filter(Objects::nonNull))
        .containsOnly("eu-west-1");
    assertThat(stage.aws().requests().where(request -> !request.region().equals("eu-west-1")))
        .isEmpty();
  }

  private static boolean isUnknown(LambdaFunctionConfig resource) {
    StatusCondition stalled = Fleet.condition(resource, Conditions.STALLED);
    return stalled != null && stalled.reason().equals(UNKNOWN);
  }

  /** {@code zz-aaa-1} and so on, of the form of a Region. */
  private static String region(int number) {
    return "zz-a%c%c-1".formatted('a' + number / 26, 'a' + number % 26);
  }

  /** The threads of the AWS SDK, and of what drives it. */
  private static long awsThreads() {
    return Thread.getAllStackTraces().keySet().stream()
        .map(Thread::getName)
        .filter(name -> name.startsWith("sdk-") || name.startsWith("aws-"))
        .count();
  }
}
