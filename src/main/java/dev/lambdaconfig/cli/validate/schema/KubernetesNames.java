package dev.lambdaconfig.cli.validate.schema;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** The forms of names, labels and annotations, and what the API server says of others. */
final class KubernetesNames {

  private static final int LONGEST_LABEL = 63;
  private static final int LONGEST_SUBDOMAIN = 253;

  private static final String LABEL = "[a-z0-9]([-a-z0-9]*[a-z0-9])?";
  private static final String SUBDOMAIN = LABEL + "(\\." + LABEL + ")*";
  private static final String QUALIFIED = "([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]";

  /**
   * The labels between dots are matched one by one: the pattern of a whole subdomain takes long for
   * a text that does not match.
   */
  private static final Pattern ONE_LABEL = Pattern.compile("[a-z0-9](?:[-a-z0-9]*+(?<!-))?");

  private static final Pattern ONE_QUALIFIED =
      Pattern.compile("[A-Za-z0-9](?:[-A-Za-z0-9_.]*+(?<![-_.]))?");

  private KubernetesNames() {}

  /** The problems of the name of an object. */
  static List<String> subdomain(String name) {
    List<String> problems = new ArrayList<>();
    longer(name, LONGEST_SUBDOMAIN, "", problems);
    if (!isSubdomain(name)) {
      problems.add(
          "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-'"
              + " or '.', and must start and end with an alphanumeric character (e.g."
              + " 'example.com', regex used for validation is '"
              + SUBDOMAIN
              + "')");
    }
    return problems;
  }

  private static boolean isSubdomain(String name) {
    for (String label : name.split("\\.", -1)) {
      if (!ONE_LABEL.matcher(label).matches()) {
        return false;
      }
    }
    return true;
  }

  /** The problems of the name of a namespace. */
  static List<String> label(String name) {
    List<String> problems = new ArrayList<>();
    longer(name, LONGEST_LABEL, "", problems);
    if (!ONE_LABEL.matcher(name).matches()) {
      problems.add(
          isSubdomain(name)
              ? "must not contain dots"
              : "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or"
                  + " '-', and must start and end with an alphanumeric character (e.g. 'my-name', "
                  + " or '123-abc', regex used for validation is '"
                  + LABEL
                  + "')");
    }
    return problems;
  }

  /** The problems of the key of a label or annotation, or of a finalizer. */
  static List<String> qualified(String key) {
    String[] parts = key.split("/", -1);
    String form =
        "must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an"
            + " alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for"
            + " validation is '"
            + QUALIFIED
            + "')";
    List<String> problems = new ArrayList<>();
    if (parts.length > 2) {
      problems.add(
          "a qualified name "
              + form
              + " with an optional DNS subdomain prefix and '/' (e.g. 'example.com/MyName')");
      return problems;
    }
    if (parts.length == 2 && parts[0].isEmpty()) {
      problems.add("prefix part must be non-empty");
    } else if (parts.length == 2) {
      subdomain(parts[0]).forEach(problem -> problems.add("prefix part " + problem));
    }
    String name = parts[parts.length - 1];
    if (name.isEmpty()) {
      problems.add("name part must be non-empty");
    }
    longer(name, LONGEST_LABEL, "name part ", problems);
    if (!ONE_QUALIFIED.matcher(name).matches()) {
      problems.add("name part " + form);
    }
    return problems;
  }

  /** The problems of the value of a label. */
  static List<String> labelValue(String value) {
    List<String> problems = new ArrayList<>();
    longer(value, LONGEST_LABEL, "", problems);
    if (!value.isEmpty() && !ONE_QUALIFIED.matcher(value).matches()) {
      problems.add(
          "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or"
              + " '.', and must start and end with an alphanumeric character (e.g. 'MyValue',  or"
              + " 'my_value',  or '12345', regex used for validation is '("
              + QUALIFIED
              + ")?')");
    }
    return problems;
  }

  private static void longer(String text, int most, String before, List<String> problems) {
    if (text.length() > most) {
      problems.add(before + "must be no more than " + most + " bytes");
    }
  }
}
