package dev.lambdaconfig.cli.format;

/**
 * The syntax of the workflow commands of GitHub Actions: {@code ::error file=...,line=...::...}.
 *
 * <p>Source: <a
 * href="https://docs.github.com/actions/reference/workflow-commands-for-github-actions">workflow
 * commands</a>, and the escapes of its toolkit.
 */
public final class WorkflowCommand {

  private WorkflowCommand() {}

  /** Returns a text as the message of a command. */
  public static String data(String text) {
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A");
  }

  /** Returns a text as the value of a property. */
  public static String property(String text) {
    return data(text).replace(":", "%3A").replace(",", "%2C");
  }

  /**
   * Returns the path of a file as annotations have it.
   *
   * @param workspace the folder of the repository; empty where it is not known
   */
  public static String path(String file, String workspace) {
    String folder = workspace.endsWith("/") ? workspace : workspace + "/";
    String path =
        !workspace.isEmpty() && file.startsWith(folder) ? file.substring(folder.length()) : file;
    return path.startsWith("./") ? path.substring(2) : path;
  }
}
