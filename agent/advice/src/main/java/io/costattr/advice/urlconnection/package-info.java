/**
 * The JDK's {@code HttpURLConnection}, http and https: one attempt is one writing of the request,
 * below redirects, answers to challenges and the JDK's own second try on a connection that was
 * dead. Woven are classes of {@code java.base}; nothing here knows more of them than public types
 * of {@code java.net} and {@code java.io}, and the application sees no object but the JDK's own.
 */
@NullMarked
package io.costattr.advice.urlconnection;

import org.jspecify.annotations.NullMarked;
