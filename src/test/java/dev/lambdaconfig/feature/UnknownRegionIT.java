package dev.lambdaconfig.feature;

import static dev.lambdaconfig.feature.ConditionAssert.assertThat;
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

/** A resource with an unknown Region causes no request, and reports what to write instead. */
final class UnknownRegionIT {

  private static final String UNKNOWN = "UnknownRegion";

  @RegisterExtension final OperatorExtension operator = OperatorExtension.sweepingEverySecond();

  private final ResourceClient resources = operator.resources();

  @Test
  void aTypoIsStalledWithTheNearestNameAndWithoutACall() {
    // When
    resources.apply("orders", "functionName: orders\nregion: eu-west-9\ntimeout: 30");

    // Then
    resources.awaitStalled("orders", UNKNOWN);
    StatusCondition stalled = resources.condition("orders", Conditions.STALLED);
    assertThat(stalled.message()).contains("eu-west-9", "Did you mean eu-west-1?", "--regions");
    assertThat(resources.condition("orders", Conditions.READY)).isFalse();
    assertThat(operator.aws().requests().all()).isEmpty();
  }

  @Test
  void theRegionOfAnArnIsNoOtherWay() {
    // When
    resources.apply(
        "orders",
        "functionName: arn:aws:lambda:zz-aaa-1:123456789012:function:orders\ntimeout: 30");

    // Then
    resources.awaitStalled("orders", UNKNOWN);
    assertThat(resources.condition("orders", Conditions.STALLED)).hasMessageWithout("Did you mean");
    assertThat(operator.aws().requests().all()).isEmpty();
  }

  @Test
  void aRegionOfTheRegionsOptionIsKnownAndOthersAreNot() throws Exception {
    // Given
    operator.stop();
    operator.aws().region("zz-new-1").createFunction(FunctionSeed.zip("orders"));
    operator.start(operator.options().withRegions(Set.of("zz-new-1")));

    // When
    resources.apply("new", "functionName: orders\nregion: zz-new-1\ntimeout: 30");
    resources.apply("elsewhere", "functionName: orders\nregion: us-east-1\ntimeout: 30");

    // Then
    resources.awaitReady("new");
    resources.awaitStalled("elsewhere", UNKNOWN);
    assertThat(operator.aws().region("zz-new-1").function("orders").get("Timeout").asInt())
        .isEqualTo(30);
    assertThat(operator.aws().requests().where(request -> request.region().equals("us-east-1")))
        .isEmpty();
  }

  @Test
  void threeHundredInventedRegionsMakeNoThreadAndNoLabel() throws Exception {
    // Given
    Fleet here = Fleet.of(operator, 1, seed -> seed);
    here.apply("timeout: 30");
    here.awaitReady();
    long threads = AwsThreads.count();
    List<String> names =
        IntStream.range(0, 300).mapToObj(i -> "invented-%03d".formatted(i)).toList();
    Fleet invented = here.named(names);

    // When
    invented.apply(name -> "region: %s\ntimeout: 30".formatted(region(names.indexOf(name))));

    // Then
    invented.await("to be Stalled", UnknownRegionIT::isUnknown);
    assertThat(AwsThreads.count()).isLessThanOrEqualTo(threads);
    assertThat(
            operator.scrape().samples().stream()
                .map(sample -> sample.labels().get("region"))
                .filter(Objects::nonNull))
        .containsOnly("eu-west-1");
    assertThat(operator.aws().requests().where(request -> !request.region().equals("eu-west-1")))
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
}
