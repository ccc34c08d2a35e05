package dev.lambdaconfig.kube;

import dev.lambdaconfig.api.LambdaFunctionConfig;
import dev.lambdaconfig.text.WholeText;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The annotations by which a person or a tool requests a reconcile. */
public final class ReconcileRequest {

  /**
   * The operator's own annotation, then Flux's, which {@code flux reconcile} and its webhooks set.
   */
  private static final List<String> ANNOTATIONS =
      List.of("lambdaconfig.dev/reconcile-requested-at", "reconcile.fluxcd.io/requestedAt");

  /**
   * The annotation by which a person resumes updates that were paused because others like them
   * failed.
   */
  public static final String RELEASE = "lambdaconfig.dev/resume-updates-at";

  /**
   * Longest value that is kept whole. A longer one is cut, and a digest distinguishes it from
   * others.
   */
  public static final int LONGEST = 256;

  private static final int DIGITS = 64;

  private ReconcileRequest() {}

  /** Whether the operator reads an annotation: the cache holds no others. */
  public static boolean isRead(String annotation) {
    return annotation.equals(RELEASE) || ANNOTATIONS.contains(annotation);
  }

  /** The value of an annotation as the cache holds it, of at most {@link #LONGEST} characters. */
  public static String bounded(String value) {
    if (value.length() <= LONGEST) {
      return value;
    }
    return WholeText.shortened(value, LONGEST - DIGITS - 1) + digest(value);
  }

  private static String digest(String value) {
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-256").digest(value.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JVM has SHA-256", e);
    }
  }

  /** The token by which a person resumes updates, or null where there is none. */
  public static @Nullable String release(LambdaFunctionConfig resource) {
    Map<String, String> annotations = resource.getMetadata().getAnnotations();
    return annotations == null ? null : annotations.get(RELEASE);
  }

  /**
   * The token of the request, or null where there is none. Where both annotations are set, it
   * covers both.
   */
  public static @Nullable String token(LambdaFunctionConfig resource) {
    Map<String, String> annotations = resource.getMetadata().getAnnotations();
    if (annotations == null || annotations.isEmpty()) {
      return null;
    }
    List<String> tokens =
        ANNOTATIONS.stream().map(annotations::get).filter(Objects::nonNull).distinct().toList();
    return tokens.isEmpty() ? null : String.join(",", tokens);
  }
}
