import { Fragment } from 'react';

/** A document's text as text; only its headings lose their signs and look like headings. */
export function DocumentLines({ text }: { text: string }) {
  return text.split('\n').map((line, index) => {
    const heading = /^#{1,6}\s+(.*)$/.exec(line);
    return (
      <Fragment key={index}>
        {index > 0 && '\n'}
        {heading ? <span className="font-ui font-bold">{heading[1]}</span> : line}
      </Fragment>
    );
  });
}
