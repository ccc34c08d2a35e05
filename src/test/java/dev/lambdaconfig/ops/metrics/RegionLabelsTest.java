package dev.lambdaconfig.ops.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The Regions with a label of their own, and the lifetime of the labels. */
final class RegionLabelsTest {

  private final RegionLabels labels = new RegionLabels();

  @Test
  void aRegionIsItsOwnLabelUntilThereAreTooMany() {
    // Given
    IntStream.range(0, RegionLabels.MOST).forEach(i -> labels.label("zz-aaa-" + i));

    // When
    String first = labels.label("zz-aaa-0");
    String another = labels.label("zz-bbb-1");

    // Then
    assertThat(first).isEqualTo("zz-aaa-0");
    assertThat(another).isEqualTo(RegionLabels.OTHER);
    assertThat(labels.known("zz-bbb-1")).isEqualTo(RegionLabels.OTHER);
    assertThat(labels.known("zz-bbb-2")).isNull();
  }

  @Test
  void aRegionThatIsUsedNoLongerGoesTheSecondTime() {
    // Given
    labels.label("eu-west-1");
    labels.label("us-east-1");
    Predicate<String> used = "us-east-1"::equals;

    // When
    Set<String> first = labels.tidy(used);
    Set<String> second = labels.tidy(used);

    // Then
    assertThat(first).isEmpty();
    assertThat(second).containsExactly("eu-west-1");
    assertThat(labels.known("eu-west-1")).isNull();
    assertThat(labels.known("us-east-1")).isEqualTo("us-east-1");
  }

  @Test
  void aRegionThatIsUsedAgainMeanwhileStays() {
    // Given
    labels.label("eu-west-1");
    labels.tidy(region -> false);

    // When
    labels.tidy("eu-west-1"::equals);
    Set<String> gone = labels.tidy(region -> false);

    // Then
    assertThat(gone).isEmpty();
    assertThat(labels.known("eu-west-1")).isEqualTo("eu-west-1");
  }

  @Test
  void theCommonLabelGoesWithItsLastRegion() {
    // Given
    IntStream.range(0, RegionLabels.MOST).forEach(i -> labels.label("zz-aaa-" + i));
    labels.label("zz-bbb-1");
    labels.label("zz-bbb-2");
    Predicate<String> used = region -> region.startsWith("zz-aaa");

    // When
    labels.tidy(region -> used.test(region) || region.equals("zz-bbb-2"));
    Set<String> withOneLeft = labels.tidy(region -> used.test(region) || region.equals("zz-bbb-2"));
    labels.tidy(used);
    Set<String> withNone = labels.tidy(used);

    // Then
    assertThat(withOneLeft).isEmpty();
    assertThat(withNone).containsExactly(RegionLabels.OTHER);
  }

  @Test
  void onlyTheMetersOfGoneLabelsAreRemoved() {
    // Given
    MeterRegistry registry = new SimpleMeterRegistry();
    Meter gone = Counter.builder("calls").tag(RegionLabels.TAG, "eu-west-1").register(registry);
    Meter used = Counter.builder("calls").tag(RegionLabels.TAG, "us-east-1").register(registry);
    Meter ofNone = Counter.builder("starts").register(registry);

    // When
    RegionLabels.remove(registry, Set.of("eu-west-1"));

    // Then
    assertThat(registry.getMeters()).containsExactlyInAnyOrder(used, ofNone).doesNotContain(gone);
  }
}
