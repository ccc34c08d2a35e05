package dev.lambdaconfig.docs;

import dev.lambdaconfig.decision.history.Cause;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.traits.ListTrait;
import software.amazon.awssdk.services.lambda.model.GetFunctionConfigurationResponse;
import software.amazon.awssdk.services.lambda.model.UpdateFunctionConfigurationRequest;

/**
 * The words of the code that a user meets as a reason, an Event or the outcome of an update:
 * strings that are written like them, in the packages that decide and report.
 */
final class ReportedWords {

  private static final Path MAIN = Path.of("src/main/java/dev/lambdaconfig");

  /** The rooms that name them, with those below. */
  private static final List<String> ROOMS =
      List.of("model", "plan", "decision", "status", "controller", "kube", "identity");

  /** The room of the field table, which names members of requests. */
  private static final String FIELD_TABLE = "plan/field";

  /** Words of the code that no user meets as a reason, an event or an outcome. */
  private static final Set<String> NOT_REPORTED =
      Set.of(
          // outcomes in the audit log: docs/audit.md
          "Accepted",
          "Refused",
          // the cause by which the API server refuses what is new in a namespace
          "NamespaceTerminating",
          // the request that creates an Event
          "Event",
          "POST",
          // the headers of a request, and of its answer
          "Accept",
          "ETag",
          // the request of a list
          "GET",
          // values of AWS in the sample by which functions are compressed
          "Off",
          "Zip",
          // the kinds of the sources of values
          "ConfigMap",
          "Secret",
          // how a Desired prints itself
          "Desired",
          // how the ignored fields print themselves
          "IgnoredDrift",
          // how variables print themselves
          "KeptVariables",
          // the members of a trust policy in a message
          "Version",
          "Statement",
          "Effect",
          "Allow",
          "Principal",
          "Federated",
          "AWS",
          "Action",
          "Condition",
          "StringEquals",
          // a warning of the compiler
          "ReferenceEquality",
          // how environments print themselves
          "ResolvedEnvironment",
          // how a Redaction prints itself
          "Redaction",
          // AWS's StateReasonCode of a new function, which is reported in status.stateReasonCode
          "Creating",
          // what every Event's action is
          "Reconcile",
          // the type of the Secret of a baseline
          "Opaque",
          // an environment variable
          "HOSTNAME",
          // the operation of server-side apply in managed fields
          "Apply",
          // the algorithm by which values that must not be kept are fingerprinted
          "HmacSHA256",
          // of ReadAgain, which no reconcile ends with, so that it is never written
          "Changed");

  private static final Pattern WORD = Pattern.compile("\"([A-Z][A-Za-z0-9]+)\"");

  private ReportedWords() {}

  /** Every word that the code can report, with a file that says it. */
  static Map<String, String> all() throws IOException {
    Map<String, String> reported = new TreeMap<>();
    Set<String> members = new TreeSet<>();
    members(UpdateFunctionConfigurationRequest.builder(), members);
    members(GetFunctionConfigurationResponse.builder(), members);
    for (Path file : sources()) {
      Matcher words = WORD.matcher(Files.readString(file));
      while (words.find()) {
        String word = words.group(1);
        if (!members.contains(word) && !NOT_REPORTED.contains(word)) {
          reported.put(word, String.valueOf(file.getFileName()));
        }
      }
    }
    Arrays.stream(Cause.values()).forEach(cause -> reported.put(cause.name(), "Cause.java"));
    return reported;
  }

  private static List<Path> sources() throws IOException {
    List<Path> sources = new ArrayList<>();
    for (String room : ROOMS) {
      try (Stream<Path> files = Files.walk(MAIN.resolve(room))) {
        files
            .filter(Files::isRegularFile)
            .filter(file -> !file.startsWith(MAIN.resolve(FIELD_TABLE)))
            .forEach(sources::add);
      }
    }
    return sources;
  }

  private static void members(SdkPojo pojo, Set<String> into) {
    for (SdkField<?> field : pojo.sdkFields()) {
      into.add(field.memberName());
      field
          .getOptionalTrait(ListTrait.class)
          .ifPresent(list -> parts(list.memberFieldInfo(), into));
      parts(field, into);
    }
  }

  private static void parts(SdkField<?> field, Set<String> into) {
    if (field.constructor() != null) {
      members(field.constructor().get(), into);
    }
  }
}
