package dev.lambdaconfig.controller;

import dev.lambdaconfig.api.LambdaFunctionConfig;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The annotations by which a person or a tool asks for a pass now. */
final class ReconcileRequest {

  /** Ours first, then Flux's, which {@code flux reconcile} and its webhooks set. */
  private static final List<String> ANNOTATIONS =
      List.of("lambdaconfig.dev/reconcile-requested-at", "reconcile.fluxcd.io/requestedAt");

  /** By this a person lets updates go on that were paused because others like them failed. */
  static final String RELEASE = "lambdaconfig.dev/resume-updates-at";

  private ReconcileRequest() {}

  /** The token by which updates are to go on, or null where there is none. */
  static @Nullable String release(LambdaFunctionConfig resource) {
    Map<String, String> annotations = resource.getMetadata().getAnnotations();
    return annotations == null ? null : annotations.get(RELEASE);
  }

  /** The token of the request, or null where there is none. Where both are set, of both. */
  static @Nullable String token(LambdaFunctionConfig resource) {
    Map<String, String> annotations = resource.getMetadata().getAnnotations();
    if (annotations == null) {
      return null;
    }
    List<String> tokens =
        ANNOTATIONS.stream().map(annotations::get).filter(Objects::nonNull).distinct().toList();
    return tokens.isEmpty() ? null : String.join(",", tokens);
  }
}
