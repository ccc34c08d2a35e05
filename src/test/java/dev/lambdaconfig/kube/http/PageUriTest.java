package dev.lambdaconfig.kube.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class PageUriTest {

  private static final String LIST = "https://10.0.0.1:6443/apis/a/v1/bs";

  @ParameterizedTest
  @CsvSource({
    "?limit=5, ?,",
    "?limit=5&continue=a%3D, ?, a%3D",
    "?continue=a&limit=5, ?, a",
    "?labelSelector=x%3Dy&continue=a&limit=5, ?labelSelector=x%3Dy, a",
    "?limit=7&resourceVersion=0&labelSelector=x, ?labelSelector=x&resourceVersion=0,",
    "?limit=7&discontinue=a, ?discontinue=a,",
    "'', ?,"
  })
  void thePageIsTheTokenAndTheListIsAllButTheLength(
      String query, String list, @Nullable String token) {
    assertThat(PageUri.of(URI.create(LIST + query))).isEqualTo(new PageUri(LIST + list, token));
  }

  @ParameterizedTest
  @ValueSource(strings = {"?limit=5", "?a=b&limit=5", "?continue=a&limit=5"})
  void aPageHasALength(String query) {
    assertThat(PageUri.isPage(URI.create(LIST + query))).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "?", "?continue=a", "?unlimit=5", "/limit=5", "?a=limit=5"})
  void otherReadsHaveNone(String query) {
    assertThat(PageUri.isPage(URI.create(LIST + query))).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "?limit=5, b, ?limit=5&continue=b",
    "?continue=a&limit=5&labelSelector=x%3Dy, b, ?limit=5&labelSelector=x%3Dy&continue=b",
    "?limit=5, 'b=&c+d e', ?limit=5&continue=b%3D%26c%2Bd+e"
  })
  void theNextPageHasTheNextTokenAndAllElse(String page, String token, String next) {
    assertThat(PageUri.next(URI.create(LIST + page), token)).isEqualTo(URI.create(LIST + next));
  }

  @Test
  void listsOfOtherServersAndPathsAreOtherLists() {
    assertThat(PageUri.of(URI.create("https://a/x?limit=1")).list())
        .isNotEqualTo(PageUri.of(URI.create("https://b/x?limit=1")).list())
        .isNotEqualTo(PageUri.of(URI.create("https://a/y?limit=1")).list());
  }
}
