package dev.lambdaconfig.aws.limit;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class PlacesTest {

  private final Places places = new Places();

  @Test
  void thoseWhoAreOwedACallGoFirstTheMoreUrgentOfThemBefore() {
    // Given
    Place write = due(Priority.WRITE);
    Place read = due(Priority.READ);
    Place settle = due(Priority.SETTLE);
    Place sweep = due(Priority.SWEEP);

    // When
    for (int i = 0; i < Line.SHARE; i++) {
      places.granted(Priority.WRITE);
    }

    // Then
    assertThat(before(read)).isEqualTo(0);
    assertThat(before(settle)).isEqualTo(1);
    assertThat(before(sweep)).isEqualTo(2);
    assertThat(before(write)).isEqualTo(3);
    assertThat(places.ownedBefore(null, Priority.SWEEP, 0, 0, 9))
        .as("before a newcomer")
        .isEqualTo(4);
  }

  @Test
  void whoIsOwedNothingWaitsForTheMoreUrgent() {
    // Given
    Place write = due(Priority.WRITE);
    Place sweep = due(Priority.SWEEP);

    // When
    for (int i = 0; i < Line.SHARE - 1; i++) {
      places.granted(Priority.WRITE);
    }

    // Then
    assertThat(before(write)).isEqualTo(0);
    assertThat(before(sweep)).isEqualTo(1);
  }

  private Place due(Priority priority) {
    Place place = places.join(priority.name(), priority, 0);
    place.told(0, 0);
    return place;
  }

  private int before(Place place) {
    return places.ownedBefore(place, place.priority, 0, 0, 9);
  }
}
