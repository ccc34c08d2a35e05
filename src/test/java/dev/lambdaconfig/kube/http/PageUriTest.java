package dev.lambdaconfig.kube.http;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class PageUriTest {

  private static final String LIST = "https://10.0.0.1:6443/apis/a/v1/bs";

  private static PageUri page(String uri) {
    return requireNonNull(PageUri.of(URI.create(uri)), uri);
  }

  @ParameterizedTest
  @CsvSource({
    "?limit=5, '',",
    "?limit=5&continue=a%3D, '', a%3D",
    "?continue=a&limit=5, '', a",
    "?labelSelector=x%3Dy&continue=a&limit=5, ?labelSelector=x%3Dy, a",
    "?limit=7&resourceVersion=0&labelSelector=x, ?labelSelector=x&resourceVersion=0,",
    "?limit=7&discontinue=a, ?discontinue=a,"
  })
  void thePageIsTheTokenAndTheListIsAllButTheLength(
      String query, String list, @Nullable String token) {
    assertThat(page(LIST + query).list()).hasToString(LIST + list);
    assertThat(page(LIST + query).token()).isEqualTo(token);
  }

  @ParameterizedTest
  @ValueSource(strings = {"?limit=5", "?a=b&limit=5", "?continue=a&limit=5&b=c"})
  void aPageHasALength(String query) {
    assertThat(page(LIST + query).limit()).isEqualTo(5);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "?",
        "?continue=a",
        "?unlimit=5",
        "/limit=5",
        "?a=limit=5",
        "?limit=",
        "?limit=x",
        "?limit=-1",
        "?limit=9999999999"
      })
  void otherReadsHaveNone(String query) {
    assertThat(PageUri.of(URI.create(LIST + query))).isNull();
  }

  @ParameterizedTest
  @CsvSource({
    "?limit=5, b, ?limit=5&continue=b",
    "?continue=a&limit=5&labelSelector=x%3Dy, b, ?limit=5&labelSelector=x%3Dy&continue=b",
    "?limit=5, 'b=&c+d e', ?limit=5&continue=b%3D%26c%2Bd+e"
  })
  void theNextPageHasTheNextTokenAndAllElse(String page, String token, String next) {
    assertThat(page(LIST + page).next(token)).isEqualTo(page(LIST + next));
  }

  @ParameterizedTest
  @CsvSource({
    "?limit=500, ?limit=20",
    "?continue=a%3D&limit=500&labelSelector=limit%3D5,"
        + " ?continue=a%3D&limit=20&labelSelector=limit%3D5"
  })
  void aPageOfAnotherLengthHasAllElse(String page, String shorter) {
    assertThat(page(LIST + page).withLimit(20)).isEqualTo(page(LIST + shorter));
  }

  @Test
  void listsOfOtherServersAndPathsAreOtherLists() {
    assertThat(page("https://a/x?limit=1").list())
        .isNotEqualTo(page("https://b/x?limit=1").list())
        .isNotEqualTo(page("https://a/y?limit=1").list());
  }
}
