package io.costattr.it.streamusage;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.io.HttpClientResponseHandler;
import org.apache.hc.core5.http.io.entity.EntityUtils;
import org.apache.hc.core5.http.io.entity.InputStreamEntity;
import org.apache.hc.core5.http.io.entity.StringEntity;

/** Streamed calls with Apache HttpClient 5. */
final class Apache5Calls {
  private Apache5Calls() {}

  static void all(String base) throws IOException {
    StringEntity question = new StringEntity(StreamCalls.QUESTION, ContentType.APPLICATION_JSON);
    try (CloseableHttpClient client = HttpClients.createDefault()) {
      call("apache5", client, base + "/zipped/chat/completions", question, null);
      HttpPost post = new HttpPost(base + "/chat/completions");
      post.setEntity(question);
      ByteArrayOutputStream written = new ByteArrayOutputStream();
      HttpClientResponseHandler<Void> write =
          response -> {
            response.getEntity().writeTo(written);
            return null;
          };
      client.execute(post, write);
      StreamCalls.say("apache5-written", written.toString(UTF_8));
      call("apache5-own", client, base + "/chat/completions", question, "br");
      call(
          "apache5-once",
          client,
          base + "/chat/completions",
          new InputStreamEntity(
              new ByteArrayInputStream(StreamCalls.QUESTION.getBytes(UTF_8)),
              ContentType.APPLICATION_JSON),
          null);
    }
    try (CloseableHttpClient minimal = HttpClients.createMinimal()) {
      call("apache5-minimal", minimal, base + "/chat/completions", question, null);
    }
  }

  private static void call(
      String who, CloseableHttpClient client, String url, HttpEntity question, String encodings)
      throws IOException {
    HttpPost post = new HttpPost(url);
    post.setEntity(question);
    if (encodings != null) {
      post.setHeader("Accept-Encoding", encodings);
    }
    HttpClientContext context = HttpClientContext.create();
    HttpClientResponseHandler<Void> read =
        response -> {
          StreamCalls.say(who, EntityUtils.toString(response.getEntity()));
          StreamCalls.say(who, response.getEntity().getContentLength());
          return null;
        };
    client.execute(new HttpHost("http", post.getAuthority()), post, context, read);
    ClassicHttpRequest sent = (ClassicHttpRequest) context.getRequest();
    StreamCalls.say(who, sent.getFirstHeader("Content-Length"));
    StreamCalls.say(who, sent.getFirstHeader("Accept-Encoding"));
    StreamCalls.say(who, sent.getEntity().getContentLength());
  }
}
