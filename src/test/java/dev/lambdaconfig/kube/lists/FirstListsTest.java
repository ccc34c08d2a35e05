package dev.lambdaconfig.kube.lists;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectReader;
import dev.lambdaconfig.api.LambdaFunctionConfig;
import dev.lambdaconfig.kube.http.PageUri;
import dev.lambdaconfig.kube.http.WholeLists.Whole;
import dev.lambdaconfig.kube.reading.StrippedSerialization;
import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The time that a first list leaves for the page that is requested if it does not begin. */
final class FirstListsTest {

  private static final URI PAGE =
      URI.create("http://localhost/apis/lambdaconfig.dev/v1alpha1/lambdafunctionconfigs?limit=100");

  private static Whole whole(HttpRequest page) {
    ListedItems place = new ListedItems(StrippedSerialization.resources());
    ObjectReader reader = StrippedSerialization.mapper().readerFor(LambdaFunctionConfig.class);
    FirstLists lists =
        ListingClient.firstLists(reader, place, FirstLists.LONGEST_HEAD, FirstLists.LONGEST);
    return Objects.requireNonNull(lists.instead(page, Objects.requireNonNull(PageUri.of(PAGE))));
  }

  @ParameterizedTest(name = "with a timeout of {0} s, the head has {1} s, and then a page {2} s")
  @CsvSource({"1, 1.2, 0.6", "4, 4.8, 2.4", "10, 9, 4.5", "20, 10, 11.25", "60, 10, 41.25"})
  void aPageAfterAHeadThatDoesNotComeFailsBeforeTheClientGivesUp(
      double timeout, double head, double page) {
    // Given
    Whole whole = whole(HttpRequest.newBuilder(PAGE).timeout(seconds(timeout)).build());

    // When
    HttpRequest own = whole.ownAfter().apply(whole.longestHead());

    // Then
    assertThat(whole.longestHead()).isEqualTo(seconds(head));
    assertThat(own.timeout()).contains(seconds(page));
    assertThat(seconds(head + page)).isLessThan(seconds(timeout + Math.min(timeout, 5)));
    assertThat(own.uri()).isEqualTo(PAGE);
  }

  @ParameterizedTest(name = "after {0} s, a page has {1} s")
  @CsvSource({"0, 10", "1.6, 10", "3, 9", "15, 0.1", "100, 0.1"})
  void aPageAfterARefusalHasTheTimeThatIsLeft(double spent, double page) {
    // Given
    Whole whole = whole(HttpRequest.newBuilder(PAGE).timeout(seconds(10)).build());

    // When
    HttpRequest own = whole.ownAfter().apply(seconds(spent));

    // Then
    assertThat(own.timeout()).contains(seconds(page));
  }

  @Test
  void aPageWithoutATimeoutHasNone() {
    // Given
    Whole whole = whole(HttpRequest.newBuilder(PAGE).build());

    // When
    HttpRequest own = whole.ownAfter().apply(Duration.ofMinutes(1));

    // Then
    assertThat(whole.longestHead()).isEqualTo(FirstLists.LONGEST_HEAD);
    assertThat(own.timeout()).isEmpty();
  }

  private static Duration seconds(double seconds) {
    return Duration.ofMillis(Math.round(seconds * 1000));
  }
}
