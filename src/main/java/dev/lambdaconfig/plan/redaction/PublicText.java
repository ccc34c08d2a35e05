package dev.lambdaconfig.plan.redaction;

import java.util.Arrays;
import java.util.Collection;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The parts of a message that reveal nothing: words that AWS uses whatever the environment is, the
 * fixed parts of ARNs and addresses, and the names of the function. A message does not repeat a
 * value that shares letters with those only.
 */
final class PublicText {

  /** A Region by its words: other texts of the form can be values, such as db-password-1. */
  private static final String REGION =
      "(?:eusc-)?[a-z]{2}(?:-gov|-iso[a-z]?)?"
          + "-(?:central|north|south|east|west|(?:north|south)(?:east|west))-\\d";

  /** The parts of addresses and ARNs that are the same for everybody. */
  private static final Pattern FIXED =
      Pattern.compile(
          "https?://(?:docs\\.aws\\.amazon\\.com/?)?"
              + "|arn:aws[a-z-]{0,8}:[a-z0-9-]{1,24}:(?:"
              + REGION
              + ")?:"
              + "|(?:\\."
              + REGION
              + ")?\\.amazonaws\\.com(?:\\.cn)?[:/]?"
              + "|\\b"
              + REGION
              + "\\b");

  private static final Pattern KIND =
      Pattern.compile(
          "(?:function|layer|role|user|assumed-role|key|alias|secret|log-group|access-point)[:/]");

  private static final Pattern ARN_START =
      Pattern.compile("arn:aws[a-z-]{0,8}:[a-z0-9-]{1,24}:(?:" + REGION + ")?:\\d{12}:");

  /** The words of AWS's messages on functions, in lower case. */
  private static final Set<String> WORDS =
      Set.copyOf(
          Arrays.asList(
              """
              a about access account action active after again all already alias allow allowed also amazon an and any api
              application applyon architecture architectures are argument arn array as assume assumed assumerole at attach
              attached attempt author authorization authorized available aws be because been before being between bucket but
              by call called can cannot cause change check cli client code command com concurrency configuration configure
              configured conflict connection constraint contain contains container context could count create created
              createnetworkinterface creating credentials current currently deadletterconfig dead default defined delete
              deleted denied deny deployment deprecated describe describenetworkinterfaces deletenetworkinterface description
              detected did directory do does domain durable during each ec2 ecr efs either empty enabled encrypt encrypted
              encryption decrypt decrypted endpoint ended enough entrypoint enum environment ephemeral ephemeralstorage equal
              error errors event exceed exceeded exceeds exception exist existing exists expired expression extension failed
              failure file filesystemconfigs filesystem first following for forbidden format found from full function
              functionname functions get getfunction getfunctionconfiguration given grant creategrant greater group groups
              had handler has have header http https iam id identifier identity if image imageconfig in inactive information
              input insufficient interface internal internet invalid invalidparametervalueexception invocation invoke is it
              its key keys kms lambda large last later latest layer layers least length less letter level limit list local
              localmountpath location log logging loggingconfig manifest map match matching maximum may measured member
              memory memorysize message minimum missing mode modification modified modify mount mounted must name names
              network no node not null number object of on one only operation or other out output owner package parameter
              parameters pass passed path pattern pending perform performed permission permissions please policy principal
              processed progress provide provided publish published queue rate read reason recommend recommended regex region
              regular released remove repository request requested requests require required requires reserved resource
              resourceconflictexception resources response retry role roles run runtime runtimes s s3 same satisfy security
              securitygroupids see send sendmessage sent server service serviceexception session set settings should size
              smaller snapshot snapstart sns specified sqs starting state status storage string structure subnet subnetids
              subnets success successful support supported systems target task template than that the their them then
              there these this those throttled throttling time timeout timed to token too topic tracing tracingconfig try
              type types unable unauthorized unavailable unexpected unknown unreserved unsupported unzipped until update
              updated updatefunctionconfiguration updates updating upper url use used user users using valid validation
              validationexception value values variable variables version versions violation volume vpc vpcconfig vpcid was
              we were when where which while will with within without workingdirectory would write x you your zip true false
              """
                  .trim()
                  .split("\\s+")));

  private static final Pattern WORD = Pattern.compile("[a-z0-9]+");

  /** The end of the longest part that begins at or before each position. */
  private final int[] reach;

  private PublicText(int[] reach) {
    this.reach = reach;
  }

  /**
   * Finds the public parts of a folded message in lower case.
   *
   * @param facts the public texts of the function, folded and in lower case
   */
  static PublicText in(String message, Collection<String> facts) {
    int[] reach = new int[message.length() + 1];
    phrases(message, reach);
    for (Matcher fixed = FIXED.matcher(message); fixed.find(); ) {
      cover(reach, fixed.start(), fixed.end());
    }
    for (String fact : facts) {
      for (int at = message.indexOf(fact); at >= 0; at = message.indexOf(fact, at + 1)) {
        cover(reach, at, at + fact.length());
      }
    }
    accounts(message, reach, facts);
    for (int at = 1; at < reach.length; at++) {
      reach[at] = Math.max(reach[at], reach[at - 1]);
    }
    return new PublicText(reach);
  }

  /** Joins words of AWS's in a row, with one character between them, to one part. */
  private static void phrases(String message, int[] reach) {
    int start = -1;
    int end = -1;
    for (Matcher words = WORD.matcher(message); words.find(); ) {
      boolean known = WORDS.contains(words.group());
      if (known && start >= 0 && words.start() == end + 1) {
        end = words.end();
      } else if (known) {
        start = words.start();
        end = words.end();
      } else {
        start = -1;
      }
      if (start >= 0) {
        cover(reach, start, end);
      }
    }
  }

  /** Adds accounts: one of which a public text exists is public in every other ARN too. */
  private static void accounts(String message, int[] reach, Collection<String> facts) {
    for (Matcher arn = ARN_START.matcher(message); arn.find(); ) {
      String account = message.substring(arn.end() - 13, arn.end());
      if (facts.stream().anyMatch(fact -> fact.contains(account))) {
        Matcher kind = KIND.matcher(message).region(arn.end(), message.length());
        cover(reach, arn.start(), kind.lookingAt() ? kind.end() : arn.end());
      }
    }
  }

  private static void cover(int[] reach, int start, int end) {
    reach[start] = Math.max(reach[start], end);
  }

  /** Whether a part of the message lies within one public part. */
  boolean covers(int start, int end) {
    return reach[start] >= end;
  }

  /** Names the number of positions only: the message may contain secrets. */
  @Override
  public String toString() {
    return "PublicText[" + Arrays.stream(reach).filter(end -> end > 0).count() + "]";
  }
}
