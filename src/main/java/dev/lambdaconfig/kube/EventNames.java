package dev.lambdaconfig.kube;

import java.util.Locale;
import java.util.regex.Pattern;

/** Names of Events: a DNS-1123 subdomain, whatever the resource is called. */
final class EventNames {

  private static final int LONGEST_NAME = 253;

  /** Longest suffix, so that a readable part of the resource's name remains. */
  private static final int LONGEST_SUFFIX = 200;

  private static final Pattern NOT_IN_A_LABEL = Pattern.compile("[^a-z0-9-]");

  private static final Pattern ENDS = Pattern.compile("^[-.]+|[-.]+$");

  private EventNames() {}

  /**
   * The name of an Event.
   *
   * @param resource the name of the resource that it is about, of which the beginning is kept
   * @param suffix the part that distinguishes this Event from others about the resource
   */
  static String of(String resource, String suffix) {
    String end =
        trimmed(
            cut(
                NOT_IN_A_LABEL.matcher(suffix.toLowerCase(Locale.ROOT)).replaceAll("-"),
                LONGEST_SUFFIX));
    String begin = trimmed(cut(resource, LONGEST_NAME - 1 - end.length()));
    return end.isEmpty() ? begin : begin + "." + end;
  }

  private static String cut(String text, int longest) {
    return text.substring(0, Math.min(text.length(), longest));
  }

  /** Makes each part between dots begin and end with a letter or digit. */
  private static String trimmed(String text) {
    return ENDS.matcher(text).replaceAll("");
  }
}
