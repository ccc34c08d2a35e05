package dev.lambdaconfig.cli.export.template;

import dev.lambdaconfig.model.FunctionReference;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The places that declare functions, of which only one may declare the same function. */
final class DeclaredOnce {

  private final Map<String, String> places = new HashMap<>();

  /** Adds a function, and returns why it cannot be written as well, or null if it can. */
  @Nullable String problem(String place, FunctionReference function, @Nullable String region) {
    String name = region == null ? function.name() : region + "/" + function.name();
    String other = places.putIfAbsent(name, place);
    return other == null
        ? null
        : "%s is left out: it declares the function %s, as %s does".formatted(place, name, other);
  }
}
