package dev.lambdaconfig.cli.preflight;

import dev.lambdaconfig.model.FunctionReference;
import dev.lambdaconfig.proxy.ProxyVariables;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Checks the environment variables that AWS's SDK reads when it creates a client. The SDK reports
 * most of what is wrong with them without the name of the variable, and only with the first call.
 */
public final class AwsVariables {

  private static final List<String> ENDPOINTS =
      List.of("AWS_ENDPOINT_URL", "AWS_ENDPOINT_URL_LAMBDA", "AWS_ENDPOINT_URL_STS");

  private static final List<String> SWITCHES =
      List.of(
          "AWS_USE_FIPS_ENDPOINT", "AWS_USE_DUALSTACK_ENDPOINT", "AWS_DISABLE_REQUEST_COMPRESSION");

  private static final String REGION = "AWS_REGION";

  /** A part of a host's name, which the endpoint has it as. */
  private static final Pattern HOST_PART = Pattern.compile("[A-Za-z0-9-]{1,63}");

  /** The name of an Availability Zone or of a Local Zone, which begins with that of its Region. */
  private static final Pattern ZONE = Pattern.compile("(.+?-\\d)(?:-[a-z]{3}-\\d)?[a-z]");

  private static final String MODE = "AWS_DEFAULTS_MODE";

  private static final Set<String> MODES =
      Set.of("legacy", "standard", "cross-region", "in-region", "mobile", "auto");

  private static final String COMPRESSION_SIZE = "AWS_REQUEST_MIN_COMPRESSION_SIZE_BYTES";
  private static final Pattern COMPRESSION_BYTES = Pattern.compile("\\d{1,7}|10[0-3]\\d{5}");

  private static final int HIGHEST_PORT = 65_535;

  private AwsVariables() {}

  /** Returns what is wrong with the variables, each with what to write instead. */
  public static List<String> problems(Map<String, String> environment) {
    List<String> problems = new ArrayList<>();
    for (String name : ENDPOINTS) {
      String value = environment.get(name);
      if (value != null && !isEndpoint(value)) {
        problems.add(
            problem(name, value, "no URL of an endpoint", "one such as http://localhost:4566"));
      }
    }
    for (String name : SWITCHES) {
      String value = environment.get(name);
      if (value != null && !Set.of("true", "false").contains(value.toLowerCase(Locale.ROOT))) {
        problems.add(problem(name, value, "no switch", "true or false"));
      }
    }
    String region = environment.get(REGION);
    if (region != null && !region.isBlank()) {
      problems.addAll(ofRegion(region));
    }
    String mode = environment.get(MODE);
    if (mode != null && !MODES.contains(mode.toLowerCase(Locale.ROOT))) {
      problems.add(problem(MODE, mode, "no mode of the AWS SDK", "one such as standard"));
    }
    String size = environment.get(COMPRESSION_SIZE);
    if (size != null && !COMPRESSION_BYTES.matcher(size).matches()) {
      problems.add(
          problem(COMPRESSION_SIZE, size, "no size in bytes", "a number from 0 to 10485760"));
    }
    problems.addAll(contradictions(environment));
    problems.addAll(ProxyVariables.problems(environment));
    return problems;
  }

  /**
   * A zone is refused whatever the endpoint is: AWS has no endpoint of its name, and ARNs name the
   * Region.
   */
  private static List<String> ofRegion(String region) {
    Matcher zone = ZONE.matcher(region);
    if (zone.matches() && FunctionReference.isRegion(zone.group(1))) {
      return List.of(problem(REGION, region, "a zone, not a Region", zone.group(1)));
    }
    return HOST_PART.matcher(region).matches()
        ? List.of()
        : List.of(problem(REGION, region, "no code of an AWS Region", "one such as eu-west-1"));
  }

  /** The SDK refuses to make an endpoint of FIPS or of dual-stack out of another one. */
  private static List<String> contradictions(Map<String, String> environment) {
    if ("true".equalsIgnoreCase(environment.get("AWS_IGNORE_CONFIGURED_ENDPOINT_URLS"))) {
      return List.of();
    }
    List<String> given = ENDPOINTS.stream().filter(environment::containsKey).toList();
    return SWITCHES.stream()
        .filter(name -> name.endsWith("_ENDPOINT"))
        .filter(name -> !given.isEmpty() && "true".equalsIgnoreCase(environment.get(name)))
        .map(
            name ->
                name
                    + " cannot be true beside "
                    + String.join(" and ", given)
                    + ": unset one of them")
        .toList();
  }

  /** The message for one variable; values of these are no secrets. */
  private static String problem(String name, String value, String lack, String instead) {
    return value.isBlank()
        ? name + " is set to nothing: write " + instead + ", or unset it"
        : name + ": '" + value + "' is " + lack + ": write " + instead + ", or unset it";
  }

  private static boolean isEndpoint(String value) {
    URI endpoint = uri(value);
    return endpoint != null
        && ("http".equalsIgnoreCase(endpoint.getScheme())
            || "https".equalsIgnoreCase(endpoint.getScheme()))
        && endpoint.getHost() != null
        && endpoint.getPort() <= HIGHEST_PORT;
  }

  private static @Nullable URI uri(String value) {
    try {
      return new URI(value);
    } catch (URISyntaxException e) {
      return null;
    }
  }
}
