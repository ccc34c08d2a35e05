package dev.lambdaconfig.kube.reading;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdaconfig.kube.InterceptedAnswer;
import dev.lambdaconfig.timing.Timing;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.http.StandardHttpRequest;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The versions of watches that begin, against the one that the API server has reached. */
final class VersionCheckTest {

  private static final String RESOURCES =
      "https://api/below/apis/lambdaconfig.dev/v1alpha1/namespaces/team-a/lambdafunctionconfigs";

  private final LinkedBlockingQueue<String> asked = new LinkedBlockingQueue<>();
  private final LinkedBlockingQueue<String> told = new LinkedBlockingQueue<>();
  private final VersionCheck check = new VersionCheck(Timing.system());
  private String stored = "41";
  private int unanswered;

  @Test
  void aWatchFromAVersionThatIsNotThereYetIsTold() throws Exception {
    // When
    begins(RESOURCES + "?allowWatchBookmarks=true&resourceVersion=42&watch=true", 101);

    // Then
    assertThat(told.poll(60, TimeUnit.SECONDS)).isEqualTo("42 > 41");
    assertThat(asked)
        .containsExactly(
            "/apis/lambdaconfig.dev/v1alpha1/namespaces/team-a/lambdafunctionconfigs?limit=1");
  }

  @Test
  void itIsToldOnceWhateverTheNumberOfWatches() throws Exception {
    // When
    for (int i = 0; i < 3; i++) {
      begins(RESOURCES + "?watch=true&resourceVersion=42", 200);
    }
    assertThat(told.poll(60, TimeUnit.SECONDS)).isNotNull();

    // Then
    stored = "43";
    begins(RESOURCES + "?watch=true&resourceVersion=50", 200);
    assertThat(told.poll(200, TimeUnit.MILLISECONDS)).isNull();
  }

  @Test
  void anApiServerThatDoesNotAnswerYetIsAskedAgain() throws Exception {
    // Given
    unanswered = 1;

    // When
    begins(RESOURCES + "?watch=true&resourceVersion=42", 101);

    // Then
    assertThat(told.poll(60, TimeUnit.SECONDS)).isEqualTo("42 > 41");
  }

  @ParameterizedTest
  @CsvSource({"41", "40", "not-a-number", "''"})
  void aVersionThatIsReachedOrNoNumberIsNoRestore(String watched) throws Exception {
    // When
    begins(RESOURCES + "?watch=true&resourceVersion=" + watched, 101);

    // Then
    assertThat(told.poll(200, TimeUnit.MILLISECONDS)).isNull();
  }

  @Test
  void anApiServerWithoutNumbersIsNotJudged() throws Exception {
    // Given
    stored = "abc";

    // When
    begins(RESOURCES + "?watch=true&resourceVersion=42", 101);

    // Then
    assertThat(asked.poll(60, TimeUnit.SECONDS)).isNotNull();
    assertThat(told.poll(200, TimeUnit.MILLISECONDS)).isNull();
  }

  @Test
  void otherRequestsAndRefusedWatchesCostNone() throws Exception {
    // When
    begins(RESOURCES + "?limit=500&resourceVersion=42", 200);
    begins(RESOURCES + "?watch=true&resourceVersion=42", 410);
    begins("https://api/api/v1/secrets?watch=true&resourceVersion=42", 200);
    begins(RESOURCES, 200);

    // Then
    assertThat(asked.poll(200, TimeUnit.MILLISECONDS)).isNull();
  }

  private void begins(String uri, int code) {
    check.start(
        (path, reader) -> reader.apply(answer(path)),
        (watched, reached) -> told.add(watched + " > " + reached));
    StandardHttpRequest request =
        (StandardHttpRequest) new StandardHttpRequest.Builder().uri(uri).build();
    check.after(request, new InterceptedAnswer(request, code), null);
  }

  private synchronized String answer(String path) {
    asked.add(path);
    if (unanswered > 0) {
      unanswered--;
      throw new KubernetesClientException("canary", 503, null);
    }
    return "{\"items\": [], \"metadata\": {\"resourceVersion\": \"" + stored + "\"}}";
  }
}
