<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>MainWindow</name>
    <message>
        <source>Jobs</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Tools</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>weijian</source>
        <translation>违建</translation>
    </message>
    <message>
        <source>This workspace is open in another window ({who}). What one changes the other sees.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Open it here too</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>“{job}” is still running. If you go on it is cancelled; nothing of it is kept.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Cancel the job</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Open a workspace</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Folder in which the demo village is made</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Demo village</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Open or make a workspace first, then drop files into it.</source>
        <translation type="unfinished" />
    </message>
</context>
<context>
    <name>RecentCard</name>
    <message>
        <source>Not found there</source>
        <translation>原位置已找不到</translation>
    </message>
    <message>
        <source>Remove from list</source>
        <translation>从列表移除</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>打开</translation>
    </message>
</context>
<context>
    <name>StartPage</name>
    <message>
        <source>weijian</source>
        <translation>违建</translation>
    </message>
    <message>
        <source>1</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Two drone surveys and the building archive in; judged findings, cases and statutory papers out.</source>
        <translation>两期无人机影像加一户一档，得出研判图斑、案件与法定文书。</translation>
    </message>
    <message>
        <source>Recent workspaces</source>
        <translation>最近的工作区</translation>
    </message>
    <message>
        <source>2</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>None yet. The workspaces you open are listed here. To look around first, make the demo village: a small place with its archive, two surveys, findings and cases.</source>
        <translation>暂无。打开过的工作区会列在这里。想先看看，可生成样例村：带档案、两期影像、图斑和案件的小村庄。</translation>
    </message>
    <message>
        <source>Start</source>
        <translation>开始</translation>
    </message>
    <message>
        <source>&amp;New workspace…</source>
        <translation>新建工作区(&amp;N)…</translation>
    </message>
    <message>
        <source>&amp;Open a workspace…</source>
        <translation>打开工作区(&amp;O)…</translation>
    </message>
    <message>
        <source>Make the &amp;demo village…</source>
        <translation>生成样例村(&amp;D)…</translation>
    </message>
    <message>
        <source>A made-up village with archive, two surveys, findings and cases; takes about half a minute</source>
        <translation>虚构的村庄，含档案、两期影像、图斑和案件；约需半分钟</translation>
    </message>
    <message>
        <source>What to do first</source>
        <translation>第一步做什么</translation>
    </message>
    <message>
        <source>Make a workspace for the village or town.</source>
        <translation>为村庄或乡镇新建工作区。</translation>
    </message>
    <message>
        <source>Import the archive: households, parcels, buildings, permits.</source>
        <translation>导入一户一档：户籍、宗地、房屋、许可。</translation>
    </message>
    <message>
        <source>Add two drone surveys, of before and after.</source>
        <translation>添加前后两期无人机影像。</translation>
    </message>
    <message>
        <source>Detect changes and review the findings.</source>
        <translation>识别变化，逐个审核图斑。</translation>
    </message>
</context>
<context>
    <name>Workbench</name>
    <message>
        <source>Not a survey and not an archive table: {names}</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Layers</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Findings</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Household</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Case</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Tables</source>
        <translation type="unfinished" />
    </message>
</context>
<context>
    <name>commands</name>
    <message>
        <source>&amp;New workspace…</source>
        <translation>新建工作区(&amp;N)…</translation>
    </message>
    <message>
        <source>&amp;Open workspace…</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>&amp;Demo village</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>&amp;Close workspace</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>&amp;Settings…</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>&amp;Quit</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>&amp;Import the archive…</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>&amp;Add a survey…</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>&amp;Detect changes…</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Export &amp;findings…</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Export &amp;web map…</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Export weekly &amp;report…</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>&amp;Full extent</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Zoom to &amp;selection</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Zoom &amp;in</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Zoom &amp;out</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>S&amp;elect and identify</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Measure &amp;length</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Measure &amp;area</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>&amp;Keys and mouse</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>&amp;About weijian</source>
        <translation type="unfinished" />
    </message>
</context>
<context>
    <name>menus</name>
    <message>
        <source>&amp;File</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>&amp;Map</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>&amp;Review</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>&amp;Case</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>&amp;View</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>&amp;Help</source>
        <translation type="unfinished" />
    </message>
</context>
<context>
    <name>messages</name>
    <message>
        <source>Something went wrong in weijian itself ({kind}). The work goes on.</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>weijian</source>
        <translation>违建</translation>
    </message>
</context>
<context>
    <name>recent</name>
    <message>
        <source>Opened today at {time}</source>
        <translation>今天 {time} 打开</translation>
    </message>
    <message>
        <source>Opened yesterday at {time}</source>
        <translation>昨天 {time} 打开</translation>
    </message>
    <message>
        <source>Opened on {date}</source>
        <translation>{date} 打开</translation>
    </message>
</context>
<context>
    <name>spans</name>
    <message>
        <source>{seconds} s</source>
        <translation>{seconds} 秒</translation>
    </message>
    <message>
        <source>{minutes} min {seconds} s</source>
        <translation>{minutes} 分 {seconds} 秒</translation>
    </message>
    <message>
        <source>{hours} h {minutes} min</source>
        <translation>{hours} 小时 {minutes} 分</translation>
    </message>
    <message>
        <source>this step: a few seconds left</source>
        <translation>本步骤还需几秒</translation>
    </message>
    <message>
        <source>this step: about {seconds} s left</source>
        <translation>本步骤约剩 {seconds} 秒</translation>
    </message>
    <message>
        <source>this step: about {minutes} min left</source>
        <translation>本步骤约剩 {minutes} 分钟</translation>
    </message>
    <message>
        <source>this step: about {hours} h {minutes} min left</source>
        <translation>本步骤约剩 {hours} 小时 {minutes} 分</translation>
    </message>
</context>
<context>
    <name>wording</name>
    <message>
        <source>New</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Extended</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Raised</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Demolished</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Rebuilt</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Permitted</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Exceeds permit</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Unpermitted</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Permit expired</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>To be checked</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>To review</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Confirmed</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Dismissed</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Lead</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Verification</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Filed</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Investigation</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Stop notice</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Prior notice</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Legal review</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Decision</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Served</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Reminder</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Announcement</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Enforcement decision</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Demolition</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Acceptance</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Site reuse</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Closed</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Not filed / withdrawn</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Regularised</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Transferred</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Deferred (historical)</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Suspended</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Freeze zone</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Permanent basic farmland</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>River blue line</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Green line</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Heritage purple line</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Key area</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Works permit</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Rural works permit</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Temporary works permit</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Heights</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Images</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Model</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>On site</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Re-flight</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Building overviews</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Opening the data</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Aligning the images</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Levelling the heights</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Modelling the terrain</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Fitting the archive</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Calibrating the images</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Looking for changes</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Joining pieces</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Drawing outlines</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Comparing with the archive</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Reading</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Storing</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Detecting</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Making the workspace</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Importing the archive</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Adding the surveys</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Opening cases</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Writing maps and orders</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Writing the web map</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Writing the report</source>
        <translation type="unfinished" />
    </message>
    <message>
        <source>Writing the table</source>
        <translation>正在写入表格</translation>
    </message>
</context>
</TS>
