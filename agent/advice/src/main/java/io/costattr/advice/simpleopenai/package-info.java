/** simple-openai, on cleverclient, on java.net.http or OkHttp. */
@NullMarked
package io.costattr.advice.simpleopenai;

import org.jspecify.annotations.NullMarked;
