package dev.lambdaconfig.values;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdaconfig.debug.StateSizes;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Which reconciles may read values now, and which are next. */
final class ReadPlacesTest {

  private final AtomicLong now = new AtomicLong(-5);
  private final List<ResourceID> granted = new ArrayList<>();
  private final ReadPlaces places = new ReadPlaces(now::get, granted::add);

  @Test
  void oneNamespaceLeavesPlacesToOthers() {
    assertThat(entered("a", 10)).isEqualTo(3);
    assertThat(entered("b", 10)).isEqualTo(2);
    assertThat(entered("c", 10)).isEqualTo(1);
    assertThat(entered("d", 10)).isZero();
  }

  @Test
  void aPlaceThatIsLeftIsGrantedInTheOrderOfItsNamespace() {
    // Given
    entered("a", 5);

    // When
    places.leave(id("a", 1));

    // Then
    assertThat(granted).containsExactly(id("a", 3));
    assertThat(places.tryEnter(id("a", 9))).as("one that comes later").isFalse();
    assertThat(places.tryEnter(id("a", 3))).isTrue();
    places.leave(id("a", 3));
    assertThat(granted).containsExactly(id("a", 3), id("a", 4));
  }

  @Test
  void aResourceWhoseTurnHasPassedIsNextWhenItComes() {
    // Given: its reconcile begins so late that its place goes to another one
    entered("a", 6);
    places.leave(id("a", 0));
    now.addAndGet(2 * ReadPlaces.KEPT.toNanos());
    places.leave(id("a", 1));
    assertThat(granted).containsExactly(id("a", 3), id("a", 4), id("a", 5));

    // Then
    assertThat(places.tryEnter(id("a", 9))).as("one that comes later").isFalse();
    assertThat(places.tryEnter(id("a", 3))).as("there is no room").isFalse();

    // When
    places.leave(id("a", 2));

    // Then
    assertThat(granted).endsWith(id("a", 3));
  }

  @Test
  void aPlaceIsKeptLongerWhereNobodyElseNeedsIt() {
    // Given
    entered("a", 4);
    places.leave(id("a", 0));
    assertThat(granted).containsExactly(id("a", 3));

    // When
    now.addAndGet(10 * ReadPlaces.KEPT.toNanos());

    // Then
    assertThat(places.tryEnter(id("a", 3))).isTrue();
  }

  @Test
  void namespacesTakeTurns() {
    // Given: no place is left for d
    entered("a", 100);
    entered("b", 100);
    entered("c", 100);
    assertThat(places.tryEnter(id("d", 0))).isFalse();

    // When
    places.leave(id("a", 0));
    places.leave(id("b", 0));

    // Then
    assertThat(granted).contains(id("d", 0));
  }

  @Test
  void eachThatWaitsIsGrantedAPlaceAtLast() {
    // Given
    List<ResourceID> reading = new ArrayList<>();
    for (String namespace : List.of("a", "b", "c", "d", "e")) {
      IntStream.range(0, 20)
          .mapToObj(number -> id(namespace, number))
          .filter(places::tryEnter)
          .forEach(reading::add);
    }

    // When: each one that is granted a place enters and leaves
    Set<ResourceID> done = new HashSet<>();
    while (!reading.isEmpty()) {
      ResourceID next = reading.removeFirst();
      done.add(next);
      places.leave(next);
      List<ResourceID> come = List.copyOf(granted);
      granted.clear();
      assertThat(come).allMatch(places::tryEnter);
      reading.addAll(come);
    }

    // Then
    assertThat(done).hasSize(100);
    assertThat(sizes())
        .isEqualTo(Map.of("ReadPlaces.taken", 0L, "ReadPlaces.late", 0L, "ReadPlaces.waiting", 0L));
  }

  @Test
  void aGrantThatIsNotUsedIsGivenToTheNextOne() {
    // Given
    entered("a", 5);
    places.leave(id("a", 0));
    assertThat(granted).containsExactly(id("a", 3));

    // When
    now.addAndGet(ReadPlaces.KEPT.toNanos());
    places.leave(id("other", 0));

    // Then
    assertThat(granted).containsExactly(id("a", 3), id("a", 4));
  }

  @Test
  void aReaderKeepsItsPlaceHoweverLongItTakes() {
    entered("a", 3);

    now.addAndGet(100 * ReadPlaces.KEPT.toNanos());

    assertThat(places.tryEnter(id("a", 7))).isFalse();
    assertThat(places.tryEnter(id("a", 0))).as("the same one").isTrue();
  }

  @Test
  void oneThatIsForgottenWaitsNoLonger() {
    entered("a", 5);

    places.leave(id("a", 3));
    places.leave(id("a", 0));

    assertThat(granted).containsExactly(id("a", 4));
  }

  private long entered(String namespace, int resources) {
    return IntStream.range(0, resources)
        .filter(number -> places.tryEnter(id(namespace, number)))
        .count();
  }

  private Map<String, Long> sizes() {
    StateSizes sizes = new StateSizes();
    places.sizes(sizes);
    return sizes.byName();
  }

  private static ResourceID id(String namespace, int number) {
    return new ResourceID("r-" + number, namespace);
  }
}
